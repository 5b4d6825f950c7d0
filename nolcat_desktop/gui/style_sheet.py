"""The style sheet, built from roles and sizes: only what a palette cannot say.

A widget gets one of these looks by `theme.kind(widget, name)`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from nolcat_desktop.gui.palette_tables import COLOURS, Role

_SIZE = re.compile(r"\{(\d+)u(?:-(\d))?\}")
_ROUND = re.compile(r"\{round:(\d+)\}")
_ROLE = re.compile(r"\{([a-z_]+)\}")
_IMAGE = re.compile(r"\{image:([a-z]+)\}")
_PAPER = re.compile(r"\{paper:([a-z]+)\}")


def style_sheet(colours: Mapping[Role, str], images: Mapping[str, str], one: float) -> str:
    """The style sheet for these colours, pictures, and px of one u."""
    text = _SIZE.sub(lambda match: f"{round(int(match[1]) * one) - int(match[2] or 0)}px", _TEMPLATE)
    text = _ROUND.sub(lambda match: f"{(round(int(match[1]) * one) + 2) // 2}px", text)
    text = _IMAGE.sub(lambda match: f'url("{images[match[1]]}")', text)
    text = _PAPER.sub(lambda match: COLOURS[Role(match[1])][False], text)  # paper is light in every look
    return _ROLE.sub(lambda match: colours[Role(match[1])], text)


_TEMPLATE = """
QToolTip { color: {text}; background: {base}; border: 1px solid {border}; padding: 4px; }

QPushButton, QToolButton[kind="button"] {
    color: {text}; background: {button}; border: 1px solid {border}; border-radius: 4px;
    padding: 0 {10u}; min-height: {32u-2};
}
QPushButton:hover, QToolButton[kind="button"]:hover { background: {highlight}; }
QPushButton:pressed, QToolButton[kind="button"]:pressed { background: {hairline}; }
QPushButton:disabled, QToolButton[kind="button"]:disabled { color: {muted}; background: {window};
    border-color: {hairline}; }
QPushButton:focus, QToolButton[kind="button"]:focus { border: 2px solid {text}; padding: 0 {9u};
    min-height: {32u-4}; }
QPushButton[kind="primary"] { color: {on_accent}; background: {accent}; border: 1px solid {accent};
    font-weight: 600; padding: 0 {14u}; }
QPushButton[kind="primary"]:hover { border-color: {text}; }
QPushButton[kind="primary"]:focus { border: 2px solid {text}; padding: 0 {14u-1}; }
QPushButton[kind="primary"]:disabled { color: {muted}; background: {hairline}; border-color: {hairline}; }
QPushButton[kind="small"], QToolButton[kind="small"] { min-height: {26u-2}; padding: 0 {8u}; }
QPushButton[kind="small"]:focus { min-height: {26u-4}; padding: 0 {8u-1}; }
QPushButton[kind="chip"] { min-height: {26u-2}; padding: 0 {10u}; border-radius: 4px; }
QPushButton[kind="chip"]:checked, QToolButton[kind="button"]:checked { background: {highlight};
    border: 1px solid {accent}; font-weight: 600; }
QPushButton[kind="chip"]:focus { border: 2px solid {text}; min-height: {26u-4}; padding: 0 {10u-1}; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: {image:down}; width: {12u}; height: {12u};
    subcontrol-origin: padding; subcontrol-position: center right; right: {4u}; }

QToolButton[kind="button"][popupMode="2"] { padding-right: {24u}; }
QToolButton[kind="button"][popupMode="2"]:focus { padding-right: {24u-1}; }
QToolButton[kind="button"]::menu-indicator { right: {8u}; }

QToolButton[kind="rail"], QToolButton[kind="rail_narrow"] { color: {text}; background: transparent;
    border: 1px solid transparent; border-radius: 4px; padding: 0 {10u} 0 {11u}; text-align: left; }
QToolButton[kind="rail_narrow"] { padding: 0; }
QToolButton[kind="rail"]:hover, QToolButton[kind="rail_narrow"]:hover { background: {button}; }
QToolButton[kind="rail"]:focus, QToolButton[kind="rail_narrow"]:focus { border: 2px solid {text};
    padding: 0 {10u-1} 0 {11u-1}; }
QToolButton[kind="rail_narrow"]:focus { padding: 0; }
QToolButton[kind="rail_narrow"]::menu-indicator, QToolButton[kind="more"]::menu-indicator { image: none; width: 0; }
QToolButton[kind="more"] { background: {button}; border: 1px solid {border}; border-radius: 4px; min-height: {32u-2};
    min-width: {32u-2}; }
QToolButton[kind="more"]:hover { background: {highlight}; }
QToolButton[kind="more"]:focus { border: 2px solid {text}; min-height: {32u-4}; min-width: {32u-4}; }

QToolButton[kind="quiet"], QPushButton[kind="quiet"] { color: {text}; background: transparent;
    border: 1px solid transparent; border-radius: 4px; padding: 0 {8u}; min-height: {26u-2}; }
QToolButton[kind="quiet"]:hover, QPushButton[kind="quiet"]:hover { background: {highlight}; }
QToolButton[kind="quiet"]:focus, QPushButton[kind="quiet"]:focus { border: 2px solid {text}; min-height: {26u-4};
    padding: 0 {8u-1}; }
QToolButton[kind="quiet"]:disabled, QPushButton[kind="quiet"]:disabled { color: {muted}; }

QCommandLinkButton { background: {base}; border: 1px solid {border}; border-radius: 6px; }
QCommandLinkButton:hover { background: {highlight}; }
QCommandLinkButton:focus { border: 2px solid {text}; }

QLabel[kind="section"] { font-weight: 600; }
QLabel[kind="muted"] { color: {muted}; }
QLabel[kind="strong"] { font-weight: 600; }
QFrame[kind="card"] { background: {base}; border: 1px solid {hairline}; border-radius: 6px; }
QFrame[kind="strip"] { background: {ring_tint}; border: 1px solid {hairline}; border-radius: 4px; }
QFrame[kind="rail"] { background: {rail}; border: none; }
QFrame[kind="notice"] { background: {base}; border: none; border-top: 1px solid {hairline}; }
QFrame[kind="jobs"] { background: {rail}; border: none; border-top: 1px solid {hairline}; }
QFrame[kind="line"] { background: {hairline}; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget[kind="plain"] { background: transparent; border: none; }

QLineEdit, QComboBox, QSpinBox, QPlainTextEdit, QTextEdit {
    color: {text}; background: {base}; border: 1px solid {border}; border-radius: 4px;
    placeholder-text-color: {muted}; selection-background-color: {highlight}; selection-color: {text}; }
QLineEdit, QComboBox { min-height: {26u-2}; padding: 0 {6u}; }
QSpinBox { min-height: {26u-4}; padding: 0 {6u}; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border: 2px solid {text}; }
QLineEdit:focus, QComboBox:focus { min-height: {26u-4}; padding: 0 {6u-1}; }
QSpinBox:focus { min-height: {26u-6}; padding: 0 {6u-1}; }
QSpinBox QLineEdit, QSpinBox QLineEdit:focus { border: none; min-height: 0; padding: 0; background: transparent; }
QLineEdit:disabled, QComboBox:disabled { color: {muted}; background: {window}; border-color: {hairline}; }
QComboBox::drop-down { border: none; width: {20u}; }
QComboBox::down-arrow { image: {image:down}; width: {12u}; height: {12u}; }
QComboBox QAbstractItemView { background: {base}; color: {text}; border: 1px solid {border};
    selection-background-color: {highlight}; selection-color: {text}; }

QCheckBox, QRadioButton { spacing: {8u}; padding: 2px; border: 2px solid transparent; border-radius: 4px;
    min-height: {20u}; color: {text}; }
QCheckBox:disabled, QRadioButton:disabled { color: {muted}; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid {text}; }
QCheckBox::indicator, QAbstractItemView::indicator { width: {14u}; height: {14u}; border: 1px solid {border};
    border-radius: 3px; background: {base}; }
QRadioButton::indicator { width: {14u}; height: {14u}; border: 1px solid {border}; border-radius: {round:14};
    background: {base}; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: {accent}; border-color: {accent};
    image: {image:tick}; }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate { background: {accent};
    border-color: {accent}; image: {image:some}; }
QRadioButton::indicator:checked { background: {accent}; border-color: {accent}; image: {image:dot}; }

QProgressBar { background: {base}; border: 1px solid {border}; border-radius: 4px; text-align: center; }
QProgressBar::chunk { background: {accent}; border-radius: 3px; }

QTreeView, QTableView, QListView { background: {base}; alternate-background-color: {alternate}; color: {text};
    border: 1px solid {hairline}; selection-background-color: {highlight}; selection-color: {text};
    outline: none; }
QTableView { gridline-color: {hairline}; }
QTreeView:focus, QTableView:focus, QListView:focus { border-color: {border}; }
QTreeView::branch:has-children:closed { image: {image:closed}; }
QTreeView::branch:has-children:open { image: {image:open}; }
QListView[kind="rail"] { background: {rail}; border: none; }
QListView[kind="steps"] { background: transparent; border: none; }
QHeaderView { background: {window}; border: none; }
QHeaderView::section { background: {window}; color: {muted}; border: none; border-bottom: 1px solid {hairline};
    padding: 0 {8u}; }
QTableCornerButton::section { background: {window}; border: none; }

QTabBar { qproperty-drawBase: 0; }
QTabWidget::pane { border: none; border-top: 1px solid {hairline}; }
QTabBar::tab { color: {text}; background: transparent; border: none; border-bottom: 3px solid transparent;
    padding: {5u} {12u}; }
QTabBar::tab:selected { border-bottom-color: {accent}; font-weight: 600; }
QTabBar::tab:hover { background: {highlight}; }
QTabBar::tab:focus { border: 2px solid {text}; border-bottom-width: 3px; padding: {5u-2} {12u-2} {5u} {12u-2}; }

QMenuBar { background: {base}; border: none; border-bottom: 1px solid {hairline}; }
QMenuBar::item { padding: 2px {8u}; background: transparent; }
QMenuBar::item:selected { background: {highlight}; }
QMenu { background: {base}; border: 1px solid {border}; padding: 4px; menu-scrollable: 1; icon-size: {16u}; }
QMenu::item { padding: {4u} {24u} {4u} {12u}; border-radius: 4px; }
QMenu::icon { padding-left: {8u}; }
QMenu::item:selected { background: {highlight}; }
QMenu::item:disabled { color: {muted}; }
QMenu::separator { height: 1px; background: {hairline}; margin: 4px 8px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: {hairline}; }

QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: {12u}; margin: 0; border: none; }
QScrollBar:horizontal { background: transparent; height: {12u}; margin: 0; border: none; }
QTreeView QScrollBar:vertical, QTableView QScrollBar:vertical { background: {window}; }
QScrollBar::handle { background: {border}; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: {32u}; }
QScrollBar::handle:horizontal { min-width: {32u}; }
QScrollBar::handle:hover { background: {muted}; }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; button-layout: 3; }
QPlainTextEdit, QTextEdit { padding: {4u} {6u}; }
QPlainTextEdit:focus, QTextEdit:focus { padding: {4u-1} {6u-1}; }
QTextBrowser[kind="paper"] { background: {paper:base}; color: {paper:text}; }
QListView[kind="pages"]::item { padding: 0 {8u}; border: none; border-left: 3px solid transparent; color: {text}; }
QListView[kind="pages"]::item:selected { background: {highlight}; border-left-color: {accent}; }
QTreeView[kind="activity"]::item { padding: 0 {4u}; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
