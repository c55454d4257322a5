"""A LoRA adapter over a base model."""

from peft import LoraConfig, PeftModel, get_peft_model
from transformers import PreTrainedModel

from recipes.fault import Fault

TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
"""Every linear layer of a llama or qwen block (attention and feed-forward)."""


def config_of(model: PreTrainedModel, rank: int, layers: int) -> LoraConfig:
    """Adapt the last `layers` blocks (0: all). Alpha is twice the rank, so a change of rank keeps the scale."""
    depth = model.config.num_hidden_layers
    if layers > depth:
        raise Fault(f"--layers {layers} is more than the {depth} layers that the model has")
    chosen = list(range(depth - layers, depth)) if layers else None
    return LoraConfig(
        r=rank,
        lora_alpha=2 * rank,
        lora_dropout=0.0,
        bias="none",
        task_type="CAUSAL_LM",
        target_modules=list(TARGETS),
        layers_to_transform=chosen,
    )


def adapt(model: PreTrainedModel, rank: int, layers: int) -> PeftModel:
    """Wrap the model; only the adapter is trained."""
    return get_peft_model(model, config_of(model, rank, layers))
