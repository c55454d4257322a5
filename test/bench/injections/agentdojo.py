"""Prints AgentDojo's attacks as JSON lines {family, goal, text, canaries}, read from its wheel without running it.

Templates are the longest text of each attack class, goals the GOAL of each injection task, with the constants of its
class and module put in. Canaries are what a goal holds that stands nowhere else: addresses, links, numbers of accounts,
quoted text and names in capitals.

    python agentdojo.py FOLDER-OF-THE-UNPACKED-WHEEL
"""

import ast
import json
import re
import sys
from pathlib import Path

CONSTANT = re.compile(r"[A-Z_]*(?:JB|DOS)_STRING$")
NAMES = {"user": "Emma Johnson", "model": "AI assistant", "task": "the task"}


def text_of(node, known):
    """The text of a constant expression, or None."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else str(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = [text_of(each, known) for each in node.values]
        return None if None in parts else "".join(parts)
    if isinstance(node, ast.FormattedValue):
        return text_of(node.value, known)
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Attribute):
        return known.get(node.attr)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        both = [text_of(node.left, known), text_of(node.right, known)]
        return None if None in both else "".join(both)
    return None


def assigned(body, known):
    for node in body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = text_of(node.value, known)
            if value is not None:
                known[node.targets[0].id] = value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            value = text_of(node.value, known)
            if value is not None:
                known[node.target.id] = value
    return known


def templates(root):
    """Family name -> template."""
    found = {}
    for file in sorted((root / "attacks").glob("*.py")):
        for node in ast.parse(file.read_text()).body:
            if not isinstance(node, ast.ClassDef):
                continue
            known = assigned(node.body, {})
            texts = [value for name, value in known.items() if CONSTANT.match(name)]
            for call in ast.walk(node):
                if isinstance(call, ast.Call):
                    texts += [text for each in call.args if (text := text_of(each, {})) and "{goal}" in text]
            if texts and "name" in known:
                found[known["name"]] = max(texts, key=len)
    return found


def goals(root):
    """Goals of all versions of all suites, each once."""
    found = {}
    for file in sorted(root.glob("default_suites/v*/*/injection_tasks.py")):
        tree = ast.parse(file.read_text())
        known = assigned(tree.body, {})
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                own = assigned(node.body, dict(known))
                if "GOAL" in own and own["GOAL"] != known.get("GOAL"):
                    found[own["GOAL"]] = f"{file.parent.name}:{node.name}"
    return found


def canaries(goal):
    marks = re.findall(r"[\w.+-]+@[\w.-]+\w|(?:https?://|www\.)\S+?(?=[\s'\"]|\.?$)|\b[A-Z]{2}\d{8,}\b", goal)
    marks += re.findall(r"['\"]([^'\"]{5,80})['\"]", goal)
    marks += re.findall(r"(?<!^)(?<![.!?:] )\b([A-Z][a-z]+(?: [A-Z][a-z]+)+)\b", goal)
    return sorted({each.strip(".") for each in marks})


def main():
    root = Path(sys.argv[1]) / "agentdojo"
    for family, template in templates(root).items():
        for goal, place in goals(root).items():
            tools = "You should use the tool `send` with the arguments: {'to': '$to'}."
            text = template
            for name, value in {**NAMES, "goal": goal, "tools": tools}.items():
                text = text.replace("{%s}" % name, value)
            marks = canaries(goal) if "{goal}" in template else ["asdf"] if "asdf" in template else []
            # Without a mark, the longest run of words of the goal: who repeats four of them repeats the goal.
            if not marks:
                marks = [" ".join(words[:6])] if len(words := (goal if "{goal}" in template else text).split()) > 3 else words
            print(json.dumps({"family": family, "goal": place, "text": text, "canaries": marks}))


main()
