"""Which table holds which value of the trade."""

from __future__ import annotations

from app.domain.accounts.account import Account, AdvertiserDetails, Contact
from app.domain.accounts.activity import Activity, Discovery, Opportunity, PreparationItem
from app.domain.accounts.rep import Rep
from app.domain.catalogue.product import Price, Product, ProductRange
from app.domain.catalogue.slot import Slot
from app.domain.desk.request import Request
from app.domain.sales.losses import Loss
from app.domain.sales.order import Amendment, Order, OrderedSubOrder, OrderLine
from app.domain.sales.proposal import Instalment, Line, Proposal, SubOrder
from app.domain.sales.reservation import Reservation
from app.domain.signature.ceremony import Document
from app.store.codec import Codec
from app.store.rows import accounts, catalogue, orders, sales

REP = Codec(Rep, accounts.RepRow)
ACCOUNT = Codec(Account, accounts.AccountRow, frozenset({"details", "contacts"}))
CONTACT = Codec(Contact, accounts.ContactRow)
DETAILS = Codec(AdvertiserDetails, accounts.AdvertiserDetailsRow)
ACTIVITY = Codec(Activity, accounts.ActivityRow)
PREPARATION_ITEM = Codec(PreparationItem, accounts.PreparationItemRow)
DISCOVERY = Codec(Discovery, accounts.DiscoveryRow)
OPPORTUNITY = Codec(Opportunity, accounts.OpportunityRow)

PRODUCT_RANGE = Codec(ProductRange, catalogue.ProductRangeRow)
PRODUCT = Codec(Product, catalogue.ProductRow, frozenset({"prices"}))
PRICE = Codec(Price, catalogue.PriceRow)
SLOT = Codec(Slot, catalogue.SlotRow)

ORDER = Codec(Order, orders.OrderRow, frozenset({"sub_orders"}))
ORDERED_SUB_ORDER = Codec(OrderedSubOrder, orders.OrderedSubOrderRow, frozenset({"lines", "amendments"}))
ORDER_LINE = Codec(OrderLine, orders.OrderLineRow)
AMENDMENT = Codec(Amendment, orders.AmendmentRow)

PROPOSAL = Codec(Proposal, sales.ProposalRow, frozenset({"sub_orders", "payment_plan"}))
SUB_ORDER = Codec(SubOrder, sales.ProposalSubOrderRow, frozenset({"lines"}))
LINE = Codec(Line, sales.ProposalLineRow)
INSTALMENT = Codec(Instalment, sales.InstalmentRow)
RESERVATION = Codec(Reservation, sales.ReservationRow)
LOSS = Codec(Loss, sales.LossRow)
REQUEST = Codec(Request, sales.RequestRow)
DOCUMENT = Codec(Document, sales.DocumentRow)
