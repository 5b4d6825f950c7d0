"""The field to search with: its cross grows with the text, and is there only where it does something."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.find_edit import FindEdit
from nolcat_desktop.gui.theme import Theme
from nolcat_desktop.settings import Colours, Settings


def test_that_the_cross_grows_with_the_text_and_empties_the_field(qtbot: QtBot, theme: Theme) -> None:
    edit, heard = FindEdit("Find a source"), list[str]()
    qtbot.addWidget(edit)
    edit.resize(300, edit.sizeHint().height())
    edit.show()
    before = edit._clear.iconSize().width()
    assert not edit._clear.isVisible()
    edit.setText("ebsco")
    theme.use(Settings(text_size=200, colours=Colours.DARK))
    assert edit._clear.iconSize().width() == 2 * before
    assert edit.rect().contains(edit._clear.geometry())
    edit.textEdited.connect(heard.append)
    edit._clear.click()
    assert (edit.text(), heard, edit._clear.isVisible()) == ("", [""], False)
