"""Reading what is trained on."""

import json
from collections import Counter
from pathlib import Path

from fixtures import CATEGORY, bench_folder, bench_row, export_folder, fault, lines, talk

from recipes.data.balance import balance, counts_of
from recipes.data.bench_rows import leave_out, read_bench
from recipes.data.judging import read_judging, reply_of
from recipes.data.layouts import read_layout
from recipes.data.source import read_conversations


def test_sharegpt_and_alpaca_give_the_same_conversations(folder: Path):
    export_folder(folder)
    shared = read_layout(folder, "agent")
    assert [turn.role for turn in shared[0].turns] == ["system", "user", "assistant"]
    rows = []
    for n in range(8):
        row = talk(n)
        question, answer = (each["value"] for each in row["conversations"])
        rows.append({"instruction": question, "input": "", "output": answer, "system": row["system"]})
    (folder / "agent_alpaca.json").write_text(json.dumps(rows))
    info = {"file_name": "agent_alpaca.json", "columns": {"prompt": "instruction", "system": "system"}}
    (folder / "dataset_info.json").write_text(json.dumps({"agent_alpaca": info}))
    assert [each.turns for each in read_layout(folder, "agent")] == [each.turns for each in shared]


def test_tags_of_openai_messages_are_followed(folder: Path):
    rows = [{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}]
    (folder / "reward.json").write_text(json.dumps(rows))
    tags = {"role_tag": "role", "content_tag": "content", "user_tag": "user", "assistant_tag": "assistant"}
    info = {"file_name": "reward.json", "formatting": "sharegpt", "columns": {"messages": "messages"}, "tags": tags}
    (folder / "dataset_info.json").write_text(json.dumps({"my_reward": info}))
    assert [turn.content for turn in read_layout(folder, "reward")[0].turns] == ["a", "b"]


def test_bad_rows_are_named_by_file_and_line(folder: Path):
    export_folder(folder)
    file = folder / "agent_sharegpt.jsonl"
    whole = file.read_text()
    cases = {
        whole[:-30]: ":8 is not one JSON value",
        whole.replace("gpt", "robot", 1): ":1 cannot be trained on: its columns",
        whole
        + json.dumps({"conversations": [{"from": "gpt", "value": "x"}]})
        + "\n": ":9 cannot be trained on: it does",
        "[1]\n": ":1 is no row of named columns",
    }
    for text, words in cases.items():
        file.write_text(text)
        said = fault(lambda: read_layout(folder, "agent"))
        assert str(file) in said and words in said, said
    file.write_bytes(b'{"a": "\xff"}\n')
    assert "not UTF-8" in fault(lambda: read_layout(folder, "agent"))
    file.unlink()
    assert "cannot be read" in fault(lambda: read_layout(folder, "agent"))
    (folder / "dataset_info.json").write_text('{"agent": {"file_name": "../other.json"}}')
    assert "no plain file_name" in fault(lambda: read_layout(folder, "agent"))
    assert "says" not in fault(lambda: read_layout(folder, "reward")) and "--dataset" in fault(
        lambda: read_layout(folder, "reward")
    )


def test_reward_data_becomes_the_judges_conversations(folder: Path):
    found = read_conversations(bench_folder(folder), "reward")
    judging = read_judging()
    assert [each.turns[2].content for each in found[:4]] == ['{"judgement":"accepted"}'] * 3 + [
        '{"judgement":"rejected"}'
    ]
    assert all(each.turns[2].content.startswith(judging.prefix) for each in found)
    user = found[0].turns[1].content
    assert user.startswith(f"{judging.opening}\n- The user opens the garden plan, page 0.\n- ")
    assert user.endswith(f"{judging.proposal}List the seeds of bed 0\n{judging.closing}")
    assert judging.silence in found[-1].turns[1].content
    row = read_bench(folder)[0]
    assert reply_of(row, 'it\n"fits"') == '{"judgement":"accepted","rationale":"it \\"fits\\""}'


def test_an_export_in_the_judges_words_has_the_same_categories(folder: Path):
    told = read_conversations(bench_folder(folder), "reward")
    rows = [
        {
            "system": each.turns[0].content,
            "instruction": each.turns[1].content,
            "input": "",
            "output": each.turns[2].content,
        }
        for each in told
    ]
    lines(folder / "export" / "reward_alpaca.jsonl", rows)
    info = {"file_name": "reward_alpaca.jsonl", "formatting": "alpaca"}
    info["columns"] = {"prompt": "instruction", "query": "input", "response": "output", "system": "system"}
    (folder / "export" / "dataset_info.json").write_text(json.dumps({"beforehand_reward_alpaca": info}))
    found = read_conversations(folder / "export", "reward")
    assert [each.category for each in found] == [each.category for each in told]
    assert [each.turns for each in found] == [each.turns for each in told]


def test_reward_data_that_is_none_is_named(folder: Path):
    good = bench_row(0, True, True)
    for change, words in [
        ({"obs": []}, "obs is no list"),
        ({"obs": [{"time": "1"}]}, "no event"),
        ({"pred_task": 3}, "pred_task"),
        ({"valid": "yes"}, "valid"),
        ({"category": "CD"}, "category"),
    ]:
        file = lines(folder / "reward_data" / "train_data.jsonl", [good, {**good, **change}])
        said = fault(lambda: read_bench(folder))
        assert f"{file}:2" in said and words in said, said
    assert "ProactiveBench's layout" in fault(lambda: read_bench(folder / "reward_data"))


def test_whole_traces_are_left_out(folder: Path):
    rows = read_bench(bench_folder(folder))
    kept = leave_out(rows, {rows[0].trace})
    assert kept and len(kept) < len(rows) and rows[0].trace not in {row.trace for row in kept}
    held = lines(folder / "held.jsonl", [bench_row(0, True, True)])
    found = read_conversations(folder, "reward", without=held)
    assert [each.place for each in found] == [row.place for row in kept]
    export = export_folder(folder / "export")
    assert "--without" in fault(lambda: read_conversations(export, "agent", without=held))


def test_balance_makes_classes_equal_and_is_set_by_its_seed(folder: Path):
    found = read_conversations(bench_folder(folder), "reward")
    assert set(counts_of(found).values()) == {3, 5, 4, 8}
    up, down = balance(found, "up", 1), balance(found, "down", 1)
    assert counts_of(up) == dict.fromkeys(counts_of(found), 8)
    assert counts_of(down) == dict.fromkeys(counts_of(found), 3)
    assert {each.place for each in up} == {each.place for each in found}
    detections = Counter(each.place for each in up if each.category == CATEGORY[True, True])
    assert sorted(detections.values()) == [2, 3, 3]
    assert balance(found, "up", 1) == up and balance(found, "up", 2) != up
    assert balance(found, "none", 1) == found
    unknown = read_conversations(export_folder(folder / "export"), "agent")
    assert "no category" in fault(lambda: balance(unknown, "up", 1))
