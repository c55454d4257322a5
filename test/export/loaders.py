"""Reads an export back with the loaders that trainers use, and prints what each of them found as JSON.

Arguments: the folder of an export with every format, one with ActivityWatch's packages (may be empty).
Any loader that refuses a file ends the program with its own error.
"""

import json
import os
import sys
import tempfile

os.environ["HF_DATASETS_OFFLINE"] = "1"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_OFFLINE"] = "1"
os.environ["HF_DATASETS_CACHE"] = tempfile.mkdtemp(dir=os.environ.get("CACHE"))
os.environ["TOKENIZERS_PARALLELISM"] = "false"

folder = sys.argv[1]


def path(name):
    return os.path.join(folder, name)


def by_datasets():
    from datasets import load_dataset

    found = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".jsonl"):
            rows = load_dataset("json", data_files=path(name), split="train")
            found[name] = {"rows": len(rows), "columns": sorted(rows.column_names)}
    return found


def by_llama_factory():
    """LLaMA-Factory's own list of datasets, loader and converters."""
    from llamafactory.data.loader import _get_merged_dataset
    from llamafactory.hparams import DataArguments, ModelArguments
    from transformers import Seq2SeqTrainingArguments

    with open(path("dataset_info.json")) as info:
        names = list(json.load(info))
    training = Seq2SeqTrainingArguments(output_dir=tempfile.mkdtemp(), report_to=[])
    found = {}
    for name in names:
        data = DataArguments(dataset=name, dataset_dir=folder, media_dir=folder, template="default")
        rows = _get_merged_dataset([name], ModelArguments(model_name_or_path="none"), data, training, stage="sft")
        found[name] = [
            {"system": row["_system"], "prompt": row["_prompt"], "response": row["_response"]} for row in rows
        ]
    return found


TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def tokenizer():
    """A tokenizer of single bytes with a chat template: no download."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    special = ["<pad>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>"]
    vocabulary = {letter: number for number, letter in enumerate(special + letters)}
    base = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    base.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    base.decoder = decoders.ByteLevel()
    made = PreTrainedTokenizerFast(tokenizer_object=base, pad_token="<pad>", eos_token="<|end|>")
    made.add_special_tokens({"additional_special_tokens": special[2:]})
    made.chat_template = TEMPLATE
    return made


def model():
    from transformers import LlamaConfig, LlamaForCausalLM

    size = LlamaConfig(
        vocab_size=300,
        hidden_size=8,
        intermediate_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        num_key_value_heads=1,
        max_position_embeddings=8192,
        pad_token_id=0,
        eos_token_id=1,
    )
    return LlamaForCausalLM(size)


def by_trl():
    """TRL's format checks, and the preparation that its DPO and KTO trainers do of a dataset."""
    import torch
    from datasets import load_dataset
    from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer
    from trl.data_utils import is_conversational, maybe_apply_chat_template, maybe_extract_prompt

    torch.set_num_threads(1)
    words = tokenizer()
    common = {"report_to": [], "use_cpu": True, "max_length": 6000, "max_prompt_length": 5000}
    found = {}
    for name in ["trl_preference.jsonl", "trl_unpaired.jsonl"]:
        rows = load_dataset("json", data_files=path(name), split="train")
        first = rows[0]
        applied = maybe_apply_chat_template(dict(first), words)
        found[name] = {
            "rows": len(rows),
            "conversational": is_conversational(first),
            "kept": maybe_extract_prompt(dict(first)) == first,
            "applied": {key: applied[key] for key in ("chosen", "rejected", "completion") if key in applied},
        }
        if "chosen" in first:
            how = DPOConfig(output_dir=tempfile.mkdtemp(), **common)
            trainer = DPOTrainer(model=model(), ref_model=None, args=how, train_dataset=rows, processing_class=words)
            keys = ("chosen_input_ids", "rejected_input_ids")
        else:
            how = KTOConfig(
                output_dir=tempfile.mkdtemp(), per_device_train_batch_size=2, max_completion_length=1000, **common
            )
            trainer = KTOTrainer(
                model=model(), ref_model=model(), args=how, train_dataset=rows, processing_class=words
            )
            keys = ("answer_input_ids",)
        prepared = trainer.train_dataset
        found[name]["prepared"] = len(prepared)
        found[name]["texts"] = {key: words.decode(prepared[0][key], skip_special_tokens=True) for key in keys}
    return found


def by_pandas():
    import pandas

    table = pandas.read_csv(path("feedback.csv"), dtype=str, keep_default_na=False)
    return {"rows": len(table), "columns": list(table.columns), "seen": list(table["seen"])}


checks = {"datasets": by_datasets, "llamaFactory": by_llama_factory, "trl": by_trl, "pandas": by_pandas}
# What a loader says on the way must not stand among the results.
results = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
json.dump({name: check() for name, check in checks.items()}, results)
