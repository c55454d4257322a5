"""A window with a text field, a line, and a password line, which writes what its text field holds to a file.

F9 shows the password, as many dialogs let you."""

import sys

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

Gdk.set_program_class(sys.argv[2])
window = Gtk.Window(title=sys.argv[2] + " window")
box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
view = Gtk.TextView(accepts_tab=False)
line = Gtk.Entry()
secret = Gtk.Entry(visibility=False, input_purpose=Gtk.InputPurpose.PASSWORD)
for each in (view, line, secret):
    box.pack_start(each, True, True, 4)
window.add(box)
window.set_default_size(500, 300)


def save(buffer):
    start, end = buffer.get_bounds()
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write(buffer.get_text(start, end, False))


view.get_buffer().connect("changed", save)
def key(_, event):
    if event.keyval == Gdk.KEY_F9:
        secret.set_visibility(not secret.get_visibility())
    return False


window.connect("key-press-event", key)
window.connect("destroy", Gtk.main_quit)
window.show_all()
view.grab_focus()
Gtk.main()
