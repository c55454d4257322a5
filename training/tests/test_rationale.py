"""Rationales: a scripted model stands in for one that can write (labelled as such: it shows the sieve, no quality)."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from fixtures import bench_folder, bench_row, fault, lines, options, tiny

from recipes import rationale
from recipes.data.source import read_conversations
from recipes.fault import Fault
from recipes.models.ask import ask_endpoint, ask_local


class Scripted:
    """Explains by the row's number; takes every second reason for an acceptance's."""

    def __init__(self, stop_after: int = 10**9):
        self.calls = []
        self.stop_after = stop_after

    def __call__(self, messages):
        text = messages[-1]["content"]
        self.calls.append(text)
        if len(self.calls) > self.stop_after:
            raise KeyboardInterrupt
        if "Somebody gave this reason" in text:
            return "Accepted." if "helps with the seeds" in text else "I would say: rejected"
        if "seeds 1." in text:
            return "No"
        if "seeds 2." in text:
            return "It was accepted because the seeds were searched for."
        return "The offer helps with the seeds that were searched for."


def run(folder: Path, ask, *more):
    args = options("rationale", "--data", folder, "--out", folder / "why.jsonl", "--model", "m", *more)
    return rationale.run(args, ask, ask, "scripted")


def test_only_what_re_derives_the_hidden_verdict_is_kept(folder: Path):
    rows = [bench_row(n, True, valid) for n, valid in enumerate([True, True, True, True, False])]
    lines(folder / "reward_data" / "train_data.jsonl", rows)
    ask = Scripted()
    counts = run(folder, ask)
    assert counts["rows"] == 5 and counts["by"] == "scripted"
    assert [counts[name] for name in rationale.REASONS] == [2, 1, 1, 1]
    assert counts["keptByCategory"] == {"Correct-Detection (CD)": 2}
    found = read_conversations(folder / "why.jsonl", "reward")
    said = json.loads(found[0].turns[-1].content)
    assert said == {"judgement": "accepted", "rationale": "The offer helps with the seeds that were searched for."}
    assert found[0].category == "Correct-Detection (CD)"
    checks = [text for text in ask.calls if "Somebody gave this reason" in text]
    assert checks and not any("verdict is known" in text for text in checks)
    assert len(checks) == 3, "what is no sentence or names the verdict is not checked"
    assert not list(folder.glob("*.part"))


def test_a_stopped_run_goes_on_where_it_was(folder: Path):
    bench_folder(folder)
    try:
        run(folder, Scripted(stop_after=9))
        raise AssertionError("it was not stopped")
    except Exception as stopped:
        assert "the same command goes on" in str(stopped)
    part = folder / "why.jsonl.part"
    done = len(part.read_text().splitlines()) - 1
    assert done > 2 and not (folder / "why.jsonl").exists()
    part.write_bytes(part.read_bytes() + b'{"place": "cut')
    ask = Scripted()
    counts = run(folder, ask)
    whole = run(folder, Scripted())
    assert counts == whole and sum("verdict is known" in text for text in ask.calls) == 20 - done
    part.write_text('{"settings": "another"}\n')
    assert "another run" in fault(lambda: run(folder, ask))


def test_an_endpoint_is_asked_again_when_busy_and_its_faults_are_said(folder: Path):
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            seen.append((self.path, body["model"], body["temperature"]))
            code = 503 if len(seen) == 1 else 200 if body["model"] == "known" else 404
            self.send_response(code)
            self.end_headers()
            message = {"choices": [{"message": {"content": "yes"}}]}
            self.wfile.write(json.dumps(message if len(seen) < 3 else {}).encode())

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        assert ask_endpoint(url, "known", 5, 0)([{"role": "user", "content": "?"}]) == "yes"
        assert seen == [("/v1/chat/completions", "known", 0)] * 2
        assert "does not speak" in fault(lambda: ask_endpoint(url, "known", 5, 0)([]))
        assert "HTTP 404" in fault(lambda: ask_endpoint(url, "unknown", 5, 0)([]))
    finally:
        server.shutdown()
        server.server_close()
    assert "no address" in fault(lambda: ask_endpoint("file:///etc/passwd", "m", 5, 0))


def test_a_local_model_answers_the_same_each_time(folder: Path):
    ask = ask_local(tiny(folder), 8, 1)
    question = [{"role": "user", "content": "why?"}]
    assert ask(question) == ask(question)


def test_nothing_or_both_to_ask_is_a_fault(folder: Path):
    from recipes.__main__ import work

    for words in ([], ["--model", "m", "--endpoint", "http://127.0.0.1:1"], ["--endpoint", "http://127.0.0.1:1"]):
        args = options("rationale", "--data", folder, "--out", folder / "o", *words)
        try:
            work(args)
            raise AssertionError("it ran")
        except Fault as said:
            assert "--endpoint" in str(said)
