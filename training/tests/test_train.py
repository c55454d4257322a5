"""Training a toy base: the loss falls on a processor in seconds, and everything around it works as at full size."""

import json
import signal
import threading
from pathlib import Path

import torch
from fixtures import bench_folder, export_folder, fault, lines, options, tiny
from safetensors.torch import load_file

from recipes.data.source import read_conversations
from recipes.fault import Stopped
from recipes.models.base import load_tokenizer
from recipes.train import progress as progress_module
from recipes.train.encode import IGNORED, encode
from recipes.train.kto import read_unpaired, train_kto, weights_of
from recipes.train.settings import settings_of
from recipes.train.sft import collate, train_sft

FAST = ("--batch", 4, "--micro", 2, "--rate", 1e-2)


def agent(folder: Path, out: str, *more: object):
    data = folder / "export"
    if not data.exists():
        export_folder(data)
    words = ("agent", "--base", tiny(folder), "--data", data, "--out", folder / out, *FAST, *more)
    return train_sft(options(*words), "agent")


def weights(folder: Path, out: str):
    return load_file(folder / out / "adapter" / "adapter_model.safetensors")


def test_the_papers_settings_are_the_defaults():
    for verb, epochs in [("agent", 3), ("reward", 5)]:
        args = options(verb, "--base", "b", "--data", "d", "--out", "o")
        made = settings_of(args, verb, "", "")
        assert (made.batch, made.rate, made.warmup, made.epochs) == (32, 1e-5, 0.1, epochs)


def test_the_loss_is_on_the_assistants_words_and_its_end_token_alone(folder: Path):
    tokenizer = load_tokenizer(tiny(folder))
    assert (tokenizer.bos_token, tokenizer.eos_token) == ("<|im_start|>", "<|im_end|>")
    for conversation in read_conversations(export_folder(folder / "export"), "agent"):
        encoded = encode(conversation, tokenizer)
        learned = [token for token in encoded.labels if token != IGNORED]
        assert tokenizer.decode(learned) == conversation.turns[-1].content + tokenizer.eos_token
        text = tokenizer.apply_chat_template(conversation.messages(), tokenize=False)
        assert tokenizer.decode(encoded.ids) == text
    batch = collate([{"input_ids": [5, 6, 7], "labels": [-100, 6, 7]}, {"input_ids": [5], "labels": [5]}], 2)
    assert batch["input_ids"].tolist() == [[5, 6, 7], [5, 2, 2]]
    assert batch["attention_mask"].tolist() == [[1, 1, 1], [1, 0, 0]]
    assert batch["labels"].tolist() == [[-100, 6, 7], [5, -100, -100]]


def test_an_agent_learns_and_a_seed_repeats_it(folder: Path):
    first = agent(folder, "a", "--epochs", 6)
    assert first["steps"] == 12 and first["lastLoss"] < first["firstLoss"] / 2, first
    again = agent(folder, "b", "--epochs", 6)
    assert again["lastLoss"] == first["lastLoss"]
    other = agent(folder, "c", "--epochs", 6, "--seed", 1)
    assert other["lastLoss"] != first["lastLoss"]
    assert not (folder / "a" / "checkpoints").exists()


def test_a_stopped_run_goes_on_and_ends_as_if_it_had_not_been_stopped(folder: Path):
    agent(folder, "whole", "--steps", 6)
    told = progress_module.Progress.on_log

    def stop_at_three(self, args, state, control, logs=None, **rest):
        told(self, args, state, control, logs=logs, **rest)
        if state.global_step == 3 and logs and "loss" in logs:
            signal.raise_signal(signal.SIGINT)

    assert threading.current_thread() is threading.main_thread()
    progress_module.Progress.on_log = stop_at_three
    try:
        agent(folder, "cut", "--steps", 6)
        raise AssertionError("it was not stopped")
    except Stopped as stopped:
        assert "the same command goes on" in str(stopped)
    finally:
        progress_module.Progress.on_log = told
    assert not (folder / "cut" / "adapter").exists()
    record = agent(folder, "cut", "--steps", 6)
    assert record["steps"] == 6 and record["finished"]
    for name, value in weights(folder, "whole").items():
        assert torch.equal(value, weights(folder, "cut")[name]), name
    before = (folder / "cut" / "run.json").stat().st_mtime_ns
    assert agent(folder, "cut", "--steps", 6) == json.loads((folder / "cut" / "run.json").read_text())
    assert (folder / "cut" / "run.json").stat().st_mtime_ns == before
    assert "other settings (seed)" in fault(lambda: agent(folder, "cut", "--steps", 6, "--seed", 2))


def test_lora_on_the_last_layers_and_all_weights(folder: Path):
    agent(folder, "top", "--steps", 1, "--layers", 1)
    assert all(".layers.1." in name for name in weights(folder, "top"))
    agent(folder, "full", "--steps", 1, "--full")
    assert (folder / "full" / "model" / "model.safetensors").is_file()
    agent(folder, "half", "--steps", 1, "--dtype", "bf16")
    assert {value.dtype for value in weights(folder, "half").values()} == {torch.float32}
    agent(folder, "half-full", "--steps", 1, "--full", "--dtype", "bf16")
    kept = load_file(folder / "half-full" / "model" / "model.safetensors")
    assert {value.dtype for value in kept.values()} == {torch.float32}
    assert "more than the 2 layers" in fault(lambda: agent(folder, "deep", "--layers", 9))


def test_a_reward_model_learns_from_balanced_reward_data(folder: Path):
    data = bench_folder(folder / "bench")
    words = ("reward", "--base", tiny(folder), "--data", data, "--out", folder / "r", *FAST)
    record = train_sft(options(*words, "--balance", "down", "--epochs", 4), "reward")
    assert list(record["categories"].values()) == [3, 3, 3, 3]
    assert record["lastLoss"] < record["firstLoss"] / 2


def test_what_cannot_be_trained_is_said(folder: Path):
    assert "no multiple" in fault(lambda: agent(folder, "x", "--micro", 3))
    assert "raise it" in fault(lambda: agent(folder, "y", "--length", 8))
    (folder / "z").mkdir()
    (folder / "z" / "mine.txt").write_text("mine")
    assert "something else" in fault(lambda: agent(folder, "z"))
    (folder / "no.gguf").write_text("no model")
    words = ("agent", "--data", folder / "export", "--out", folder / "q", "--base")
    assert "cannot be loaded" in fault(lambda: train_sft(options(*words, folder / "no.gguf"), "agent"))
    assert "is no model" in fault(lambda: train_sft(options(*words, folder / "export"), "agent"))


def unpaired(folder: Path):
    def row(n: int):
        said = '{"help":false}' if n % 2 else '{"help":true}'
        prompt = [{"role": "system", "content": "Answer in JSON."}, {"role": "user", "content": f"page {n}?"}]
        return {"prompt": prompt, "completion": [{"role": "assistant", "content": said}], "label": n % 2 == 0}

    return lines(folder / "unpaired.jsonl", [row(n) for n in range(9)])


def test_kto_moves_towards_what_was_wanted(folder: Path):
    unpaired(folder)
    words = ("kto", "--base", tiny(folder), "--data", folder, "--out", folder / "k", *FAST)
    record = train_kto(options(*words, "--epochs", 4))
    assert record["wanted"] == 5 and record["lastLoss"] < record["firstLoss"] * 0.7, record
    assert weights(folder, "k")


def test_kto_weighs_both_sides_alike_and_names_bad_rows(folder: Path):
    assert weights_of([True, False, False]) == (2.0, 1.0)
    assert weights_of([True, True, True, False]) == (1.0, 3.0)
    assert "both labels" in fault(lambda: weights_of([True]))
    file = unpaired(folder)
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert len(read_unpaired(folder)) == 9
    for change, words in [({"label": "yes"}, "no label"), ({"completion": "text"}, "prompt and completion")]:
        lines(file, [rows[0], {**rows[1], **change}])
        assert f"{file}:2" in fault(lambda: read_unpaired(folder))
        assert words in fault(lambda: read_unpaired(folder))
    file.unlink()
    assert "no file of unpaired" in fault(lambda: read_unpaired(folder))
