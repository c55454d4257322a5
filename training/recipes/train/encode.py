"""Conversations as token ids, with a loss on the assistant's tokens alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from transformers import PreTrainedTokenizerBase

from recipes.data.conversation import Conversation
from recipes.fault import Fault

IGNORED = -100
"""Label of a token without a loss (PyTorch's cross entropy)."""


@dataclass(frozen=True)
class Encoded:
    """`ids` and `labels` are of one length; `labels` is IGNORED but for what the assistant says, its end token too."""

    ids: list[int]
    labels: list[int]


def encode(conversation: Conversation, tokenizer: PreTrainedTokenizerBase) -> Encoded:
    """Encode with the model's own chat template, the text that the runtime's template writes.

    The text is cut where an answer begins and ends, and the pieces are encoded one by one: the runtime, too, encodes
    the prompt alone. The end token is learned, since a model that is never told to stop does not.
    """
    messages = conversation.messages()
    ids: list[int] = []
    labels: list[int] = []
    done = ""

    def add(text: str, learned: bool, given: int = 0) -> None:
        if not text:
            return
        piece = tokenizer(text, add_special_tokens=False, return_offsets_mapping=bool(given))
        ids.extend(piece.input_ids)
        # A token that begins within what is given was given too.
        begins = [begin for begin, _ in piece.offset_mapping] if given else [0] * len(piece.input_ids)
        for token, begin in zip(piece.input_ids, begins, strict=True):
            labels.append(token if learned and begin >= given else IGNORED)

    for at, message in enumerate(messages):
        if message["role"] != "assistant":
            continue
        prompt = render(messages[:at], tokenizer, True)
        whole = render(messages[: at + 1], tokenizer, False)
        if not prompt.startswith(done) or not whole.startswith(prompt):
            raise Fault(f"{conversation.place}: the chat template of this model rewrites earlier messages")
        said = whole[len(prompt) :]
        learned = said.rstrip()
        add(prompt[len(done) :], False)
        if at == len(messages) - 1 and not conversation.ends:
            add(message["content"], True, len(conversation.given))
            break
        add(learned, True, len(conversation.given) if at == len(messages) - 1 else 0)
        add(said[len(learned) :], False)
        done = whole
    return Encoded(ids, labels)


def render(messages: list[dict[str, str]], tokenizer: PreTrainedTokenizerBase, answer: bool) -> str:
    """Return the text of messages, with the beginning of an answer behind them if `answer`."""
    return tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=answer)


def encode_all(
    conversations: Sequence[Conversation], tokenizer: PreTrainedTokenizerBase, length: int
) -> tuple[list[Encoded], int]:
    """Encode all that fit into `length` tokens; return them and how many were longer and left out."""
    encoded = [encode(each, tokenizer) for each in conversations]
    fitting = [each for each in encoded if len(each.ids) <= length]
    return fitting, len(encoded) - len(fitting)
