"""Runs every test of this folder in one process and prints `{name: fault or null}`; imports cost more than the tests."""

import importlib
import inspect
import json
import os
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

os.environ.update(HF_HUB_OFFLINE="1", TQDM_DISABLE="1", TRL_EXPERIMENTAL_SILENCE="1")
os.environ.update(OMP_NUM_THREADS="1", OMP_WAIT_POLICY="PASSIVE", TOKENIZERS_PARALLELISM="false")
warnings.filterwarnings("ignore")
here = Path(__file__).parent
sys.path[:0] = [str(here), str(here.parent)]


def main() -> None:
    found = {}
    for file in sorted(here.glob("test_*.py")):
        module = importlib.import_module(file.stem)
        for name, test in vars(module).items():
            if not name.startswith("test_"):
                continue
            begun = time.monotonic()
            with tempfile.TemporaryDirectory() as folder:
                try:
                    test(*([Path(folder)] if inspect.signature(test).parameters else []))
                    found[f"{file.stem}.{name}"] = None
                except Exception:
                    found[f"{file.stem}.{name}"] = traceback.format_exc(limit=-4)
            print(f"{time.monotonic() - begun:5.1f} s {file.stem}.{name}", file=sys.stderr)
    print("\n" + json.dumps(found))


main()
