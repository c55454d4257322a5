"""Conversations that begin alike as one tree of tokens: what they share is computed once, and the loss is the same."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from transformers import PreTrainedModel, Trainer

from recipes.train.encode import IGNORED, Encoded


@dataclass(frozen=True)
class Tree:
    """Tokens in depth-first order. `parents` is the place of the token before (-1: none), `depths` its position.

    `asked` and `wanted` are the learned tokens: at which place the model is asked, and which token is right there. A
    place is asked once for each conversation that learns from it.
    """

    ids: list[int]
    parents: list[int]
    depths: list[int]
    asked: list[int]
    wanted: list[int]


def grow(rows: Sequence[Encoded], most: int) -> list[Tree]:
    """Put conversations into trees of about `most` tokens (a longer conversation is a tree of its own).

    Sorted by their tokens, those that share most of their beginning stand together.
    """
    trees: list[Tree] = []
    tree = Tree([], [], [], [], [])
    children: dict[tuple[int, int], int] = {}
    for row in sorted(rows, key=lambda each: each.ids):
        place, shared = -1, 0
        while shared < len(row.ids) and (place, row.ids[shared]) in children:
            place = children[place, row.ids[shared]]
            shared += 1
        if tree.ids and len(tree.ids) + len(row.ids) - shared > most:
            trees.append(tree)
            tree, children = Tree([], [], [], [], []), {}
        place = -1
        for depth, token in enumerate(row.ids):
            before = place
            place = children.get((before, token), len(tree.ids))
            if place == len(tree.ids):
                children[before, token] = place
                tree.ids.append(token)
                tree.parents.append(before)
                tree.depths.append(depth)
            if row.labels[depth] != IGNORED and before >= 0:
                tree.asked.append(before)
                tree.wanted.append(token)
    return [*trees, tree] if tree.ids else trees


def tensors_of(tree: Tree) -> dict[str, torch.Tensor]:
    """Return a batch of one: every token sees the way back to the root and nothing else. `labels` are those wanted."""
    size = len(tree.ids)
    sees = torch.zeros(size, size, dtype=torch.bool)
    for place, parent in enumerate(tree.parents):
        if parent >= 0:
            sees[place] = sees[parent]
        sees[place, place] = True
    mask = torch.zeros(size, size).masked_fill_(~sees, torch.finfo(torch.float32).min)
    return {
        "input_ids": torch.tensor([tree.ids]),
        "position_ids": torch.tensor([tree.depths]),
        "attention_mask": mask[None, None],
        "asked": torch.tensor(tree.asked),
        "labels": torch.tensor(tree.wanted),
    }


def loss_of(model: PreTrainedModel, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
    """Return the summed loss of a tree; the vocabulary is looked at for the learned tokens alone."""
    asked, wanted = inputs["asked"], inputs["labels"]
    whole = model.get_base_model() if hasattr(model, "get_base_model") else model
    hidden = whole.model(
        input_ids=inputs["input_ids"],
        position_ids=inputs["position_ids"],
        attention_mask=inputs["attention_mask"].to(whole.dtype),
        use_cache=False,
    ).last_hidden_state[0]
    logits = whole.lm_head(hidden[asked]).float()
    return torch.nn.functional.cross_entropy(logits, wanted, reduction="sum")


class TreeTrainer(Trainer):
    """transformers' trainer on trees, one a step of accumulation; each learned token weighs the same in a batch."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """As `Trainer`; the loss is divided by the learned tokens of a whole batch here, not by the trainer."""
        super().__init__(*args, **kwargs)
        self.model_accepts_loss_kwargs = True

    def compute_loss(
        self,
        model: PreTrainedModel,
        inputs: dict[str, torch.Tensor],
        return_outputs: bool = False,
        num_items_in_batch: torch.Tensor | int | None = None,
    ) -> torch.Tensor:
        """Return the tree's share of the mean loss a token."""
        count = num_items_in_batch if num_items_in_batch is not None else max(1, len(inputs["labels"]))
        return loss_of(model, inputs) / count
