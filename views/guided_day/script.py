"""The steps of the guided day, from opening Today to the order that stands at the centre exactly once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.identifiers import ProposalId
from app.domain.money import Money
from app.domain.sales.proposal import Proposal, ProposalKind, ProposalStatus
from app.domain.signature.ceremony import Document, DocumentKind
from views.guided_day.hands import Hands
from views.guided_day.player import Player, StepFailed
from views.guided_day.world import World
from views.sales.compare_page import ComparePage
from views.sales.courtesy_page import CourtesyPage
from views.sales.details_dialog import DetailsDialog
from views.sales.loss_dialog import LossDialog
from views.sales.pin import TRAINING_PIN
from views.sales.pin_dialog import PinDialog
from views.sales.product_search import ProductSearch
from views.sales.proposal_page import ProposalPage
from views.sales.split_dialog import SplitDialog
from views.shell.palette import Palette
from views.shell.window import Window
from views.signature.signing_page import SigningPage
from views.widgets.check_row import CheckRow

ACCOUNT = "Au nom de la Rose"
WITH_DISPLAY = "Avec display"
RENEWAL = "Reconduction"
DIGITAL = "Numérique d’abord"
EIGHT_PERCENT = 800
SCENES = 5


class GuidedDay:
    """One rep's day on the training base; `play` gives whether every step was seen to hold."""

    def __init__(self, player: Player, world: World) -> None:
        self.player = player
        self.world = world
        self.hands = Hands(player)
        self._form: ProposalId | None = None
        self.sealed = b""
        """The bytes of the signed order form, once there is one."""
        self._window: Window | None = None

    @property
    def window(self) -> Window:
        """The window that is open. Raises StepFailed when none is."""
        if self._window is None:
            raise StepFailed("aucune fenêtre")
        return self._window

    def play(self) -> bool:
        """Play all steps in order; the first that does not hold ends the day."""
        steps: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ouvrir la journée", self.open_today),
            ("Préparer Au nom de la Rose", self.prepare),
            ("La reconduction par défaut", self.renew),
            ("Deux simulations", self.simulate),
            ("Comparer", self.compare),
            ("Une modification rend 101 négative", self.amend),
            ("L’anomalie le dit", self.see_anomaly),
            ("Dissocier, l’aperçu", self.preview_split),
            ("Dissocier", self.split),
            ("Présenter au client", self.present),
            ("Reprendre la main et valider", self.validate),
            ("Commander, le bon à lire", self.order),
            ("Signer sans réseau", self.sign),
            ("Quitter, rouvrir, tout est là", self.restart),
            ("Le réseau revient", self.reconnect),
            ("Au centre, une seule fois", self.arrive),
        )
        return all(self.player.step(words, do) for words, do in steps)

    # ------------------------------------------------------------------------------------------- the morning
    def open_today(self) -> None:
        """The day's visits are there, the next one first."""
        self._window = self.world.open()
        self.player.until("la visite de 10:30 ?", lambda: self.player.sees(ACCOUNT) and self.player.sees("10:30"))

    def prepare(self) -> None:
        """The account opens, and a point of the preparation list is ticked."""
        self.player.press("Préparer la visite")
        self.player.until("la fiche du compte ?", lambda: self.window.pages.place.page == "account")
        rows = [row for row in self._check_rows() if not row.circle.isChecked()]
        if not rows:
            raise StepFailed("rien à cocher dans la préparation")
        self.player.click(rows[0].circle)
        self._rest()
        done = self.window.session.history.last_done()
        if done is None or done.name != "tick_preparation":
            raise StepFailed("le point coché n’est pas gardé")

    def _check_rows(self) -> list[CheckRow]:
        self.player.the(CheckRow)
        return list(self.player.all(CheckRow))

    def renew(self) -> None:
        """What runs is renewed, line by line, in four sub-orders."""
        self.player.press("Préparer la reconduction")
        self.player.until("la reconduction ?", lambda: self._is_shown(ProposalKind.DEFAULT))
        self.hands.row("001")
        self.hands.row("301")

    def simulate(self) -> None:
        """Two simulations, each with a name that speaks to the customer and something of its own."""
        self._duplicate(WITH_DISPLAY)
        self._add("couverture", "Display, 4ᵉ de couverture")
        self.hands.edit("Display, 4ᵉ de couverture", 3, "8")
        self.player.until(
            "la remise de 8 % ?", lambda: any(line.discount == EIGHT_PERCENT for line in self.proposal.lines)
        )
        self._rest()
        self._choose(RENEWAL)
        self._duplicate(DIGITAL)
        self._drop("Ligne en gras et logo", "Budget")
        if len(self.page.model.proposals) != 3:
            raise StepFailed(f"{len(self.page.model.proposals)} propositions au lieu de 3")

    def _has_discount(self) -> bool:
        return any(line.discount == EIGHT_PERCENT for line in self.proposal.lines)

    def compare(self) -> None:
        """The simulations stand side by side, with what differs."""
        self.player.press("Comparer")
        self.player.until("la comparaison ?", lambda: self.window.pages.place.page == "compare")
        self.player.until("les écarts ?", lambda: len(next(self.player.all(ComparePage)).model.parts) == 4)
        self._rest()

    # ------------------------------------------------------------------------------------------- the change of mind
    def amend(self) -> None:
        """The customer wants less of 101 while it runs, and 301 changes its telephone only."""
        self.window.pages.back()
        self._choose(WITH_DISPLAY)
        self.hands.choose_from_menu("101", "Modifier la commande en cours")
        self._rest()
        self.hands.choose_from_menu("Site, formule Confort", "Remplacer le produit")
        self._find_product("Essentiel", "Site, formule Essentiel")
        self._drop("Référencement local", "Budget")
        self.hands.choose_from_menu("301", "Modifier la commande en cours")
        self._rest()
        self.hands.choose_from_menu("301", "Coordonnées changées")
        details = self.player.the(DetailsDialog)
        self.player.write(details.first_focus() or details, "Nouveau téléphone")
        self.player.click(details.keep)
        self._rest()
        part = next(part for part in self.proposal.sub_orders if part.number == "101")
        if part.net != Money(-70800):
            raise StepFailed(f"101 vaut {part.net} au lieu de −708,00 €")

    def see_anomaly(self) -> None:
        """The panel says it in plain words, before anything is ordered."""
        self.player.until("l’anomalie ?", lambda: self.player.sees("101 est négative"))
        self.player.button("Dissocier 101")

    def preview_split(self) -> None:
        """Where each part will go is shown before it goes."""
        self.player.press("Dissocier 101")
        self.player.the(SplitDialog)

    def split(self) -> None:
        """101 goes apart, 301 to customer service, the rest stays, and not a cent is lost."""
        before = self.proposal
        dialog = self.player.the(SplitDialog)
        self.player.click(dialog.confirm)
        self.player.until(
            "la dissociation ?", lambda: self.proposal.id == before.id and len(self.proposal.sub_orders) == 2
        )
        self._rest()
        apart = [one for one in self.page.model.proposals if one.kind is ProposalKind.APART]
        if len(apart) != 1 or self.proposal.totals.net + apart[0].totals.net != before.totals.net:
            raise StepFailed("les montants ne sont plus les mêmes")

    # ------------------------------------------------------------------------------------------- before the customer
    def present(self) -> None:
        """The customer sees one sentence and one picture, scene after scene, and nothing internal."""
        self.player.press("Présenter")
        page = self.player.the(CourtesyPage)
        self.player.until("les cinq scènes ?", lambda: len(page.stage.scenes) == SCENES)
        for _ in range(2):
            self.player.click(page.stage.go)
            QTest.qWait(50)
        if self.player.sees("limite") or self.player.sees("anomalie"):
            raise StepFailed("l’écran du client montre ce qui est interne")

    def validate(self) -> None:
        """The PIN gives the screen back; the prices freeze."""
        page = self.player.the(CourtesyPage)
        self.player.click(page.lock)
        self._type_pin()
        self.player.until("la proposition ?", lambda: self.window.pages.place.page == "proposal")
        self.player.press("Valider les prix")
        self.player.until("les prix validés ?", lambda: self.proposal.status is ProposalStatus.VALIDATED)
        self._rest()

    def order(self) -> None:
        """The network goes; the one order form is there to be read to its last line."""
        self._command("Travailler hors ligne")
        self.player.until("hors ligne ?", lambda: self.window.session.courier.is_switched_off)
        self._form = self.proposal.id
        self.player.press("Commander")
        page = self.player.the(SigningPage)
        self.player.until("le bon à l’écran ?", lambda: page.form.page_count > 0)
        if page.sign_pane.sign.isEnabled():
            raise StepFailed("on pourrait signer sans avoir lu")

    def sign(self) -> None:
        """Read to the end, sign by hand, agree: sealed on the device, to be confirmed when the network is back."""
        page = self.player.the(SigningPage)
        page.form.setFocus()
        for _ in range(40):
            QTest.keyClick(page.form, Qt.Key.Key_PageDown)
        self.player.until("lu jusqu’au bout ?", lambda: page.form.was_read)
        self.hands.sign(page.sign_pane.pad)
        self.player.click(page.sign_pane.agrees)
        self.player.until("tout est prêt à signer ?", page.sign_pane.sign.isEnabled)
        self.player.click(page.sign_pane.sign)
        self.player.until("le bon scellé ?", lambda: page.model.shown is not None and page.model.shown.is_signed)
        self._rest()
        seal = page.model.seal
        if seal is None or not seal.is_verified:
            raise StepFailed("le sceau ne se vérifie pas")
        if page.model.shown is not None:
            self.sealed = page.model.shown.content

    def restart(self) -> None:
        """Quit at once and start again: the app comes back to the same place, and nothing is lost."""
        account_id = self._signed_document().account_id
        self.world.close()
        self._window = self.world.open()
        self._rest()
        place = self.window.pages.place
        if place.where.get("account_id") != account_id:
            raise StepFailed(f"revenu à {place.page} au lieu du même compte")
        document = self._signed_document()
        if self.window.session.readers.content(document.sha256) != self.sealed:
            raise StepFailed("le bon scellé n’est plus le même")
        if not self.window.session.courier.is_switched_off:
            raise StepFailed("le réseau est revenu de lui-même")
        self.window.pages.go("sync")
        self._rest()

    # ------------------------------------------------------------------------------------------- the evening
    def reconnect(self) -> None:
        """The network comes back, and what waited leaves by itself."""
        self._command("Reprendre le réseau")
        readers = self.window.session.readers
        self.player.until("plus rien n’attend ?", lambda: not readers.sync().waiting)
        self._rest()

    def arrive(self) -> None:
        """At the centre: every changeset once, the signed form once with its bytes, every row the same."""
        document = self._signed_document()
        self.player.until(
            "le fichier au centre ?", lambda: document.sha256 in self.world.at_the_centre(document.account_id).files
        )
        there = self.world.at_the_centre(document.account_id)
        if there.forms != (document.sha256,):
            raise StepFailed(f"{len(there.forms)} bons signés au centre")
        if there.changesets != there.made_here:
            raise StepFailed(f"{there.changesets} lots au centre pour {there.made_here} faits ici")
        if there.differing_rows:
            raise StepFailed(f"{there.differing_rows} lignes diffèrent")
        if self.window.session.readers.sync().problems:
            raise StepFailed("le centre a refusé quelque chose")

    def _signed_document(self) -> Document:
        readers = self.window.session.readers
        signed = [
            kept
            for kept in readers.documents(self._form or ProposalId(""))
            if kept.kind is DocumentKind.SIGNED_ORDER_FORM
        ]
        if len(signed) != 1:
            raise StepFailed(f"{len(signed)} bons signés sur l’appareil")
        return signed[0]

    def _type_pin(self) -> None:
        dialog = self.player.the(PinDialog)
        for figure in TRAINING_PIN:
            self.player.click(dialog.keys[figure])
        self.player.click(dialog.go_on)

    # ------------------------------------------------------------------------------------------- the proposal page
    @property
    def page(self) -> ProposalPage:
        """The proposal page."""
        return self.player.the(ProposalPage)

    @property
    def proposal(self) -> Proposal:
        """The proposal in hand. Raises StepFailed when there is none."""
        found = self.page.model.proposal
        if found is None:
            raise StepFailed("aucune proposition")
        return found

    def _is_shown(self, kind: ProposalKind) -> bool:
        shown = next(self.player.all(ProposalPage), None)
        return shown is not None and shown.model.proposal is not None and shown.model.proposal.kind is kind

    def _duplicate(self, name: str) -> None:
        count = len(self.page.model.proposals)
        self.player.press("Dupliquer en simulation")
        self.player.until("la simulation ?", lambda: len(self.page.model.proposals) == count + 1)
        tabs = self.page.tabs
        self.player.until("le nom à donner ?", lambda: tabs.name_field is not None)
        field = tabs.name_field
        if field is None:
            raise StepFailed("le nom ne s’ouvre pas")
        field.selectAll()
        self.player.write(field, name)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.player.until(f"« {name} » ?", lambda: self.proposal.name == name)
        self._rest()

    def _choose(self, name: str) -> None:
        bar = self.page.tabs.bar.bar
        for at in range(bar.count()):
            if bar.tabText(at) == name:
                self.player.click(bar, bar.tabRect(at))
        self.player.until(f"l’onglet « {name} » ?", lambda: self.proposal.name == name)
        self._rest()

    def _add(self, typed: str, product: str) -> None:
        self.player.click(self.page.add)
        self._find_product(typed, product)

    def _find_product(self, typed: str, product: str) -> None:
        search = self.player.the(ProductSearch)
        self.player.write(search.field, typed)
        self.hands.choose_row(search.list, product)
        self.player.until(f"« {product} » dans la proposition ?", lambda: self.hands.row(product).isValid())
        self._rest()

    def _drop(self, line: str, reason: str) -> None:
        self.hands.choose_from_menu(line, "Annuler la ligne")
        dialog = self.player.the(LossDialog)
        self.player.press(reason, dialog.reasons)
        self.player.until("une raison ?", dialog.confirm.isEnabled)
        self.player.click(dialog.confirm)
        self._rest()

    # ------------------------------------------------------------------------------------------- the shell
    def _command(self, words: str) -> None:
        """Open the palette, type a command, Enter."""
        self.player.click(self.window.frame.header.search)
        palette = self.player.the(Palette)
        self.player.write(palette.field, words)
        self._rest()
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        self._rest()

    def _rest(self) -> None:
        """Wait until nothing is under way behind the window."""
        self.player.until("la fin du travail ?", lambda: not self.window.session.background.under_way)
        QTest.qWait(30)
