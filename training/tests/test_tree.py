"""Trees of tokens: what conversations share is computed once, and every loss is the one that each has by itself."""

from pathlib import Path

import torch
from fixtures import export_folder, fault, lines, options, talk, tiny

from recipes.data.source import read_conversations
from recipes.models.base import load_base
from recipes.train.encode import IGNORED, Encoded, encode, encode_all
from recipes.train.losses import measure
from recipes.train.sft import train_sft
from recipes.train.tree import grow, loss_of, tensors_of


def alone(model, row: Encoded) -> float:
    logits = model(input_ids=torch.tensor([row.ids])).logits[0, :-1]
    wanted = torch.tensor(row.labels[1:])
    return float(torch.nn.functional.cross_entropy(logits, wanted, ignore_index=IGNORED, reduction="sum"))


def test_a_tree_holds_what_is_shared_once_and_asks_for_every_learned_token():
    rows = [Encoded([1, 2, 3, 4], [-100, -100, 3, 4]), Encoded([1, 2, 3, 5], [-100, -100, 3, 5])]
    (tree,) = grow(rows, 100)
    assert (tree.ids, tree.parents, tree.depths) == ([1, 2, 3, 4, 5], [-1, 0, 1, 2, 2], [0, 1, 2, 3, 3])
    # The shared learned token counts once for each conversation.
    assert sorted(zip(tree.asked, tree.wanted, strict=True)) == [(1, 3), (1, 3), (2, 4), (2, 5)]
    sees = tensors_of(tree)["attention_mask"][0, 0] == 0
    assert sees[4].tolist() == [True, True, True, False, True]
    assert [len(each.ids) for each in grow(rows, 4)] == [4, 4]


def test_the_loss_of_trees_is_the_sum_of_the_losses_alone(folder: Path):
    base = load_base(tiny(folder))
    rows, _ = encode_all(read_conversations(export_folder(folder / "export"), "agent"), base.tokenizer, 2048)
    with torch.inference_mode():
        single = sum(alone(base.model, row) for row in rows)
        for most in (10_000, 300):
            trees = grow(rows, most)
            packed = sum(float(loss_of(base.model, tensors_of(tree))) for tree in trees)
            assert abs(packed - single) < 1e-4 * single, (packed, single)
    assert sum(len(tree.ids) for tree in grow(rows, 10_000)) < sum(len(row.ids) for row in rows) * 0.8


def test_what_is_given_and_what_does_not_end_has_no_loss(folder: Path):
    export = export_folder(folder / "export")
    row = talk(1)
    given = '{"help":true,"task":"'
    whole = row["conversations"][1]["value"]
    begun = whole[: whole.index('","message"') + 3]
    row["conversations"][1]["value"] = begun
    lines(export / "agent_sharegpt.jsonl", [row | {"given": given, "ends": False}])
    tokenizer = load_base(tiny(folder)).tokenizer
    (conversation,) = read_conversations(export, "agent")
    encoded = encode(conversation, tokenizer)
    learned = tokenizer.decode([label for label in encoded.labels if label != IGNORED])
    assert begun.endswith(learned) and "help" not in learned and "sort the seeds" in learned
    assert tokenizer.decode(encoded.ids).endswith(begun)

    lines(export / "agent_sharegpt.jsonl", [row | {"given": "something else"}])
    assert "given is no beginning" in fault(lambda: read_conversations(export, "agent"))


def test_packed_training_learns_and_the_loss_is_told_with_and_without_the_adapter(folder: Path):
    export = export_folder(folder / "export")
    words = ("--base", tiny(folder), "--data", export, "--batch", 2, "--rate", 1e-2, "--pack", 400)
    made = train_sft(options("agent", *words, "--out", folder / "run", "--epochs", 12), "agent")
    assert made["lastLoss"] < made["firstLoss"] / 2, made
    adapter = folder / "run" / "adapter"
    found = measure(options("losses", "--base", tiny(folder), "--data", export, "--adapter", adapter))
    assert found["adapter"] < found["base"] / 2, found
    refused = options("agent", *words, "--micro", 2, "--out", folder / "other")
    assert "--micro" in fault(lambda: train_sft(refused, "agent"))
