"""Progress of a training run with the time left, and stopping it without losing it."""

import signal
import time
from types import FrameType

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from recipes.fault import say


def words_of(seconds: float) -> str:
    """Say a duration: 40 s, 12 min, 3 h 05 min."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02d} min"


class Progress(TrainerCallback):
    """Tells each step on stderr, at most once a second; Ctrl-C saves a checkpoint at the end of the step and stops.

    `losses` holds the loss of each optimiser step of this start.
    """

    def __init__(self) -> None:
        self.losses: list[float] = []
        self.interrupted = False
        self._begun = 0.0
        self._first = 0
        self._told = 0.0

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: object
    ) -> None:
        """Start the clock, and take Ctrl-C."""
        self._begun, self._first = time.monotonic(), state.global_step
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGTERM, self._stop)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.interrupted = True
        say("training: stopping after this step; what was done is kept …")

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: object) -> None:
        """Save and stop if asked to."""
        if self.interrupted and state.global_step < state.max_steps:
            control.should_save = True
            control.should_training_stop = True

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: dict[str, float] | None = None,
        **_: object,
    ) -> None:
        """Tell one step: number, loss, time left."""
        if not logs or "loss" not in logs:
            return
        self.losses.append(logs["loss"])
        now = time.monotonic()
        if now - self._told < 1 and state.global_step < state.max_steps:
            return
        self._told = now
        done = state.global_step - self._first
        left = (now - self._begun) / max(done, 1) * (state.max_steps - state.global_step)
        say(f"step {state.global_step} of {state.max_steps}, loss {logs['loss']:.4f}, {words_of(left)} left")
