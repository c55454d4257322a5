"""The command line: one verb a recipe."""

import argparse
import json
import os
import warnings
from pathlib import Path

# Nothing is ever fetched, and threads that wait must not keep a core busy: both before any library is loaded.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_DATASETS_OFFLINE="1", DO_NOT_TRACK="1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
# The recipes tell their own progress; what libraries advise their authors is no news to a person who trains.
os.environ.update(TQDM_DISABLE="1", TRL_EXPERIMENTAL_SILENCE="1")
warnings.filterwarnings("ignore", category=UserWarning)
warnings.filterwarnings("ignore", category=FutureWarning)

from recipes.fault import Fault, end_with, is_first  # noqa: E402
from recipes.train.settings import add_training_options  # noqa: E402


def parser() -> argparse.ArgumentParser:
    """Build the whole command line."""
    top = argparse.ArgumentParser(prog="npm run -s training --", description=__doc__)
    verbs = top.add_subparsers(dest="verb", required=True)

    def verb(name: str, words: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, help=words, description=words)

    agent = verb("agent", "train the agent on conversations (SFT)")
    add_training_options(agent, epochs=3)
    reward = verb("reward", "train the reward model on verdicts (SFT)")
    add_training_options(reward, epochs=5)
    kto = verb("kto", "train on unpaired preferences (KTO)")
    add_training_options(kto, epochs=1)
    kto.set_defaults(micro=2)
    kto.add_argument("--beta", type=float, default=0.1, help="how near to stay to the base (%(default)s)")
    kto.set_defaults(pack=0)
    losses = verb("losses", "the loss a token of agent conversations, with and without an adapter")
    losses.add_argument("--base", type=Path, required=True)
    losses.add_argument("--adapter", type=Path, help="the folder `adapter` of a run")
    losses.add_argument("--data", type=Path, required=True)
    losses.add_argument("--dataset")
    losses.add_argument("--length", type=int, default=4096)
    losses.add_argument("--pack", type=int, default=1536)
    losses.add_argument("--threads", type=int, default=1)
    for each in (agent, reward):
        each.add_argument("--judge-prompt", type=Path, help="another prompt file of the judge")
        each.add_argument("--without", type=Path, help="reward data whose traces are left out whole, for a fair test")

    rationale = verb("rationale", "write reasons for known verdicts and keep what re-derives them")
    rationale.add_argument("--data", type=Path, required=True, help="a ProactiveBench folder or a file of reward data")
    rationale.add_argument("--out", type=Path, required=True, help="JSON lines that `reward --data` takes")
    rationale.add_argument("--model", type=Path, help="a local model: a GGUF file or a folder")
    rationale.add_argument("--endpoint", help="an OpenAI-compatible endpoint instead, such as http://127.0.0.1:8080/v1")
    rationale.add_argument("--endpoint-model", help="the model's name there")
    rationale.add_argument("--limit", type=int, default=0, help="only the first rows")
    rationale.add_argument("--max-tokens", type=int, default=120)
    rationale.add_argument("--seed", type=int, default=0)
    rationale.add_argument("--threads", type=int, default=1)
    rationale.add_argument("--judge-prompt", type=Path)

    adapter = verb("adapter", "convert a LoRA adapter to a GGUF adapter")
    adapter.add_argument("--adapter", type=Path, required=True, help="the folder `adapter` of a run")
    adapter.add_argument("--base", type=Path, required=True, help="the base it was trained on")
    whole = verb("gguf", "convert a whole model to a GGUF file")
    whole.add_argument("--model", type=Path, required=True, help="the folder `model` of a run, or a base itself")
    whole.add_argument("--adapter", type=Path, help="a LoRA adapter to merge into it")
    whole.add_argument("--like", type=Path, required=True, help="a GGUF file of the same model, for its vocabulary")
    for each in (adapter, whole):
        each.add_argument("--out", type=Path, required=True)
        each.add_argument("--type", choices=("f32", "f16"), default="f16")

    probe = verb("probe", "what transformers says: probabilities of choices for conversations on stdin, as JSON")
    probe.add_argument("--base", type=Path, required=True)
    probe.add_argument("--adapter", type=Path)
    tiny = verb("tiny", "write a toy base model with random weights")
    tiny.add_argument("--out", type=Path, required=True)
    tiny.add_argument("--seed", type=int, default=0)
    return top


def work(args: argparse.Namespace) -> None:
    """Run one verb; its result goes to stdout as JSON."""
    result = _work(args)
    if is_first():
        print(json.dumps(result, ensure_ascii=False))


def _work(args: argparse.Namespace) -> object:
    if args.verb in ("agent", "reward"):
        from recipes.train.sft import train_sft

        return train_sft(args, args.verb)
    if args.verb == "kto":
        from recipes.train.kto import train_kto

        return train_kto(args)
    if args.verb == "losses":
        from recipes.train.losses import measure

        return measure(args)
    if args.verb == "rationale":
        return _rationale(args)
    if args.verb == "adapter":
        from recipes.convert.adapter import convert_adapter

        return convert_adapter(args.adapter, args.base, args.out, args.type)
    if args.verb == "gguf":
        from recipes.convert.whole import convert_whole

        return convert_whole(args.model, args.adapter, args.like, args.out, args.type)
    if args.verb == "probe":
        from recipes.convert.probe import probe_stdin

        return probe_stdin(args.base, args.adapter)
    from recipes.models.tiny import write_tiny

    write_tiny(args.out, args.seed)
    return {"file": str(args.out)}


def _rationale(args: argparse.Namespace) -> dict:
    from recipes import rationale
    from recipes.models.ask import ask_endpoint, ask_local

    if bool(args.model) == bool(args.endpoint):
        raise Fault("name either --model FILE or --endpoint URL with --endpoint-model NAME")
    if args.endpoint:
        if not args.endpoint_model:
            raise Fault("--endpoint needs --endpoint-model NAME")
        ask = ask_endpoint(args.endpoint, args.endpoint_model, args.max_tokens, args.seed)
        who = args.endpoint_model
    else:
        from recipes.models.base import base_digest

        ask = ask_local(args.model, args.max_tokens, args.threads)
        who = f"{args.model.name}@{base_digest(args.model)[:12]}"
    return rationale.run(args, ask, ask, who)


if __name__ == "__main__":
    arguments = parser().parse_args()
    end_with(lambda: work(arguments))
