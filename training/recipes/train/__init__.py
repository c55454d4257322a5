"""Training: supervised fine-tuning of agent and reward model, and KTO."""
