"""What ActivityWatch's window and AFK watchers do on X11, by the plainest means: once a second the window in front and
the idle time, as one JSON line. On SIGUSR1 it adds a line with what it and its ended children have used."""
import json, re, resource, signal, subprocess, sys, time

out = open(sys.argv[1], "a", buffering=1)


def ask(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


def used(*_):
    mine, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = sum(each.ru_utime + each.ru_stime for each in (mine, children))
    out.write(json.dumps({"cpu": cpu, "wakes": mine.ru_nvcsw + children.ru_nvcsw}) + "\n")


signal.signal(signal.SIGUSR1, used)
while True:
    began = time.monotonic()
    window = re.search(r"0x[0-9a-f]+", ask("xprop", "-root", "_NET_ACTIVE_WINDOW"))
    facts = ask("xprop", "-id", window.group(), "WM_CLASS", "_NET_WM_NAME") if window else ""
    strings = re.findall(r'"((?:[^"\\]|\\.)*)"', facts)
    idle = ask("xprintidle").strip()
    row = {"at": time.time(), "app": strings[1:2], "title": strings[2:3], "idle": int(idle or 0)}
    out.write(json.dumps(row) + "\n")
    time.sleep(max(0, 1 - (time.monotonic() - began)))
