"""An account as a form: where the library lies, as whom, and, folded away, what seldom matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from nolcat_desktop.accounts import Account, SignIn, field_problem
from nolcat_desktop.gui.chooser import begin
from nolcat_desktop.gui.cloud_state import TypedKey
from nolcat_desktop.gui.cloud_words import tr
from nolcat_desktop.gui.icons import put
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind

KB = 1000
_FIELDS: tuple[tuple[str, str, str], ...] = (
    # Field of the account, its word, what stands in it as an example.
    ("name", "Name", "what you call it here"),
    ("bucket", "Bucket", "riverside-usage"),
    ("prefix", "Folder in it", "nolcat"),
    ("region", "Region", "eu-west-1"),
    ("profile", "Profile", "default"),
    ("start_url", "Start address", "https://riverside.awsapps.com/start"),
    ("sso_region", "Region of the sign-in", "eu-west-1"),
    ("sso_account_id", "Account number", "12 digits"),
    ("sso_role_name", "Role", "NoLCAT-Sender"),
    ("role_arn", "Role to take on", "arn:aws:iam::…:role/…"),
    ("mfa_serial", "Device with the code", "arn:aws:iam::…:mfa/…"),
    ("external_id", "External id", "if the role asks for one"),
    ("key_id", "Access key", "AKIA…"),
    ("secret", "Its secret", ""),
    ("state_machine", "Pipeline", "arn:aws:states:…:stateMachine:…"),
    ("expected_account", "Belongs to account", "12 digits"),
    ("ca_file", "Certificate file", "from IT, where the network looks into connections"),
    ("proxy", "Proxy", "as the system has it"),
    ("endpoint_url", "Another server", "only if it is not AWS: https://…"),
    ("bandwidth", "Send at most", "kilobytes a second; empty: no limit"),
)
_FIRST = ("name", "bucket", "prefix", "region")
_OF_WAY: dict[SignIn, tuple[str, ...]] = {
    SignIn.PROFILE: ("profile",),
    SignIn.IDENTITY_CENTER: ("start_url", "sso_region", "sso_account_id", "sso_role_name"),
    SignIn.ACCESS_KEY: ("key_id", "secret"),
    SignIn.CHAIN: (),
}
_MORE = (
    "role_arn", "mfa_serial", "external_id", "state_machine", "expected_account", "ca_file", "proxy", "endpoint_url",
    "bandwidth",
)  # fmt: skip
_TYPED = ("key_id", "secret")


class AccountForm(QWidget):
    """Shows an account, and gives it back as it was changed."""

    edited = Signal()
    """A field was left after it was changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty form."""
        super().__init__(parent)
        kind(self, "plain")
        self._account = Account("", "")
        self._open = False
        self._at = _FIRST[0]
        self._rows: dict[str, int] = {}
        self._profiles: tuple[str, ...] = ()
        self.edits: dict[str, QLineEdit] = {}
        self._labels: dict[str, QLabel] = {}
        self.originals, self.path_style = (
            QCheckBox(tr("Send the original files too"), self),
            QCheckBox(tr("The name of the bucket stands in the path"), self),
        )
        self.more = QPushButton(tr("More settings"), self)
        kind(self.more, "quiet")
        self.more.setCheckable(True)
        self.more.setAccessibleName(tr("More settings"))
        self.more.toggled.connect(self._unfold)
        self.choose = QPushButton(tr("Choose…"), self)
        self.choose.setAccessibleName(tr("Choose the certificate file"))
        kind(self.choose, "small")
        self.choose.clicked.connect(self.choose_certificate)
        self.fault = QLabel(self)
        self.fault.setWordWrap(True)
        self._lay_out()
        self.restyle()

    def set_account(self, account: Account, open_all: bool = False, is_known: bool = False) -> None:
        """Show `account`; `open_all` unfolds everything, `is_known` keeps its name. A typed key is forgotten."""
        self._account = account
        shown = {"bandwidth": str(account.bandwidth // KB) if account.bandwidth else ""}
        for field, edit in self.edits.items():
            value = "" if field in _TYPED else shown.get(field, getattr(account, field, ""))
            edit.setText("" if value == "arn:" else str(value))
        self.edits["name"].setReadOnly(is_known)
        self.edits["name"].setToolTip(
            tr("An account keeps the name that its keys are stored under") if is_known else ""
        )
        self.originals.setChecked(account.with_originals)
        self.path_style.setChecked(account.path_style)
        self.say("")
        wanted = open_all or bool(account.ca_file or account.proxy or account.endpoint_url)
        self.more.setChecked(wanted)
        self._unfold(wanted)

    def account(self) -> Account:
        """What the form says now."""
        told = {field: edit.text().strip() for field, edit in self.edits.items() if field not in _TYPED}
        limit = told.pop("bandwidth")
        told["prefix"] = told["prefix"].strip("/")
        told["name"] = told["name"] or told["bucket"]
        bandwidth = int(limit) * KB if limit.isdecimal() else 0
        changed: dict[str, Any] = {
            **told,
            "bandwidth": bandwidth,
            "with_originals": self.originals.isChecked(),
            "path_style": self.path_style.isChecked(),
        }
        return replace(self._account, **changed)

    def key(self, for_this_run: bool = False) -> TypedKey | None:
        """What was typed as a key; None if nothing was."""
        key_id, secret = (self.edits[name].text().strip() for name in _TYPED)
        return TypedKey(key_id, secret, for_this_run) if key_id and secret else None

    def forget_key(self) -> None:
        """Nothing of a key is in the window any more."""
        for name in _TYPED:
            self.edits[name].clear()

    def missing(self, with_key: bool = True) -> str:
        """What has to be filled in or corrected first, as a sentence; empty if nothing. Its field gets the focus."""
        account = self.account()
        needed = ["bucket", *(_OF_WAY[account.sign_in] if with_key or account.sign_in is not SignIn.ACCESS_KEY else ())]
        needed += [field for field in ("role_arn", "mfa_serial") if getattr(self._account, field) == "arn:"]
        for field in needed:
            if not self.edits[field].text().strip():
                self._at = field
                self.edits[field].setFocus(Qt.FocusReason.OtherFocusReason)
                return tr("“{field}” is empty.").format(field=self._labels[field].text())
        for field, edit in self.edits.items():
            if fault := self._fault_of(account, field):
                if edit.isHidden():
                    self.more.setChecked(True)
                edit.setFocus(Qt.FocusReason.OtherFocusReason)
                self._at = field
                return f"{self._labels[field].text()}: {fault}"
        return ""

    def say(self, fault: str) -> None:
        """Say under its field what has to be corrected."""
        if fault:
            grid = self.layout()
            if isinstance(grid, QGridLayout):
                grid.addWidget(self.fault, self._rows[self._at] + 1, 1)
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))

    def offer_profiles(self, names: Sequence[str]) -> None:
        """Offer the profiles that the AWS configuration of this computer has, as a list under the field."""
        self._profiles = tuple(names)
        completer = QCompleter(list(names), self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        if (popup := completer.popup()) is not None:
            popup.setAccessibleName(tr("Profiles of this computer"))
        self.edits["profile"].setCompleter(completer)
        self.edits["profile"].setPlaceholderText(", ".join(names) or tr("default"))

    def _fault_of(self, account: Account, field: str) -> str:
        if field == "bandwidth":
            text = self.edits[field].text().strip()
            return tr("Give a whole number of kilobytes, or nothing.") if text and not text.isdecimal() else ""
        if field in _TYPED:
            return ""
        is_asked = account.sign_in is SignIn.PROFILE and field == "profile" and account.profile
        if is_asked and self._profiles and account.profile not in self._profiles:
            told = tr("This computer has no such profile. It has: {names}.")
            return told.format(names=", ".join(self._profiles))
        return field_problem(account, field)

    def choose_certificate(self) -> bool:
        """Ask for the file of certificates; whether one was chosen."""
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Choose the certificate file"), begin(downloads=True), tr("Certificates (*.pem *.crt *.cer)")
        )
        if name:
            self.edits["ca_file"].setText(name)
            self.edited.emit()
        return bool(name)

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        for edit in self.edits.values():
            edit.setMinimumWidth(u(self, 160))
        put(self.more, "chevron-up" if self._open else "chevron-down")

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 8, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        row = 0
        for field, word, example in _FIELDS:
            if field == _MORE[0]:
                row = self._add_more(grid, row)
            label, edit = QLabel(tr(word), self), QLineEdit(self)
            label.setBuddy(edit)
            edit.setAccessibleName(tr(word))
            edit.setPlaceholderText(tr(example))
            if field == "secret":
                edit.setEchoMode(QLineEdit.EchoMode.Password)
            edit.editingFinished.connect(self._left)
            self.edits[field], self._labels[field] = edit, label
            self._rows[field] = row
            grid.addWidget(label, row, 0)
            grid.addLayout(_beside(edit, self.choose if field == "ca_file" else None), row, 1)
            row += 2
        for box in (self.originals, self.path_style):
            box.clicked.connect(lambda: self.edited.emit())
            grid.addWidget(box, row, 1)
            row += 1
        grid.addWidget(self.fault, self._rows[self._at] + 1, 1)
        grid.setRowStretch(row + 1, 1)

    def _add_more(self, grid: QGridLayout, row: int) -> int:
        folding = QHBoxLayout()
        folding.addWidget(self.more)
        folding.addStretch(1)
        grid.addLayout(folding, row, 0, 1, 2)
        return row + 1

    def _unfold(self, is_open: bool) -> None:
        self._open = is_open
        asked = [field for field in ("role_arn", "mfa_serial") if getattr(self._account, field)]
        self._show({*_FIRST, *_OF_WAY[self._account.sign_in], *asked, *(_MORE if is_open else ())})
        for box in (self.originals, self.path_style, self.choose):
            box.setVisible(is_open)
        self.restyle()

    def _show(self, fields: Iterable[str]) -> None:
        wanted = set(fields)
        for field, edit in self.edits.items():
            edit.setVisible(field in wanted)
            self._labels[field].setVisible(field in wanted)

    def _left(self) -> None:
        edit = self.sender()
        if isinstance(edit, QLineEdit) and edit.isModified():
            edit.setModified(False)
            field = next(name for name, one in self.edits.items() if one is edit)
            fault = self._fault_of(self.account(), field)
            if fault or field == self._at:
                self._at = field
                self.say(f"{self._labels[field].text()}: {fault}" if fault else "")
            self.edited.emit()


def _beside(edit: QLineEdit, button: QPushButton | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(edit, 1)
    if button is not None:
        row.addWidget(button)
    return row
