"""The look is asked for by name, changes in one go, and holds still where motion is not wanted."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from views.shell.theme import NAMES, Theme, icon_names, set_role, theme
from views.shell.theme.icons import tinted
from views.shell.theme.qss import style_sheet
from views.shell.theme.tokens import as_colour, load_tokens
from views.widgets.labels import label


def test_a_token_writes_alpha_last_and_the_colour_has_it_so() -> None:
    assert as_colour("#1E211F73").getRgb() == (0x1E, 0x21, 0x1F, 0x73)
    assert as_colour("#0D5767").getRgb() == (0x0D, 0x57, 0x67, 255)


def test_all_themes_name_the_same_colours() -> None:
    colours = load_tokens().color
    assert set(colours) == set(NAMES)
    assert all(set(colours[name]) == set(colours["light"]) for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_no_hole_of_the_sheet_stays_open(name: str) -> None:
    assert re.findall(r"\{[a-z][^:;{}]*\}", style_sheet(load_tokens(), name)) == []


def test_only_high_contrast_draws_an_outline_round_quiet_things() -> None:
    quiet = r'QPushButton\[kind="quiet"\] \{ [^}]*border-color: ([^;]+);'
    found = {name: re.search(quiet, style_sheet(load_tokens(), name)) for name in NAMES}
    lines = {name: match[1] if match else None for name, match in found.items()}
    assert lines["light"] == lines["dark"] == "transparent"
    assert str(lines["contrast"]).startswith("rgba(154")


def test_another_theme_is_put_on_at_once_and_told_once(look: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    told: list[str] = []
    look.changed.connect(lambda: told.append(look.name))
    look.use("dark")
    look.use("dark")
    assert told == ["dark"]
    assert look.c("ground") == QColor(0x15, 0x17, 0x16)
    assert qapp.palette().color(QPalette.ColorRole.Window) == look.c("ground")
    assert "rgba(124, 198, 211, 255)" in qapp.styleSheet()


def test_system_follows_the_system_and_a_wrong_name_is_refused(look: Theme) -> None:
    look.use("system")
    assert look.wish == "system"
    assert look.name in NAMES
    with pytest.raises(ValueError, match="sepia"):
        look.use("sepia")


def test_nothing_moves_where_motion_is_not_wanted_but_a_toast_still_stays(look: Theme) -> None:
    assert [look.duration(name) for name in ("quick", "move", "enter")] == [0, 0, 0]
    assert look.duration("toast") == 6000
    look.set_moves(True)
    assert look.duration("move") == 160


def test_the_four_weights_are_the_shipped_letters(look: Theme) -> None:
    weights = [QFontInfo(look.font("body", weight)) for weight in ("thin", "regular", "medium", "strong")]
    assert [info.weight() for info in weights] == [300, 400, 500, 600]
    assert {info.family() for info in weights} == {"Source Sans 3"}
    assert look.metrics("body", "regular").horizontalAdvance("签署合同") > 4 * 10


def test_figures_of_one_weight_are_of_one_width(look: Theme) -> None:
    for weight in ("regular", "medium", "strong"):
        assert len({look.metrics("body", weight).horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_an_icon_wears_the_colour_asked_for_and_is_drawn_once(look: Theme) -> None:
    drawn = tinted("split", look.c("danger"), 20, 2.0)
    assert drawn is tinted("split", look.c("danger"), 20, 2.0)
    assert (drawn.width(), drawn.devicePixelRatio()) == (40, 2.0)
    image = drawn.toImage()
    inks = {image.pixelColor(x, y).rgb() for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() == 255}
    assert inks == {look.c("danger").rgb()}


def test_every_icon_can_be_drawn(look: Theme) -> None:
    for name in icon_names():
        image = look.pixmap(name, "text").toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20)), name


def test_an_icon_that_does_not_exist_is_an_error(look: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        look.pixmap("unicorn", "text")


def test_a_role_dresses_a_label_and_another_role_dresses_it_again(qtbot: QtBot) -> None:
    words = label("Total", "small")
    qtbot.addWidget(words)
    words.ensurePolished()
    assert words.font().pixelSize() == 13
    set_role(words, "title")
    assert (words.font().pixelSize(), words.font().weight()) == (24, 600)


def test_a_plain_button_of_qt_is_44_high_too(qtbot: QtBot) -> None:
    button = QPushButton("OK")
    qtbot.addWidget(button)
    button.ensurePolished()
    assert button.sizeHint().height() >= theme().px("target")
