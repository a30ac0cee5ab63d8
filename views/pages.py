"""Every page of the window by its name; each is read in when it is first shown."""

from __future__ import annotations

PAGES: dict[str, str] = {
    "today": "views.dashboard.today_page:TodayPage",
    "dashboard": "views.dashboard.dashboard_page:DashboardPage",
    "accounts": "views.accounts.accounts_page:AccountsPage",
    "account": "views.accounts.account_page:AccountPage",
    "proposals": "views.sales.proposals_page:ProposalsPage",
    "proposal": "views.sales.proposal_page:ProposalPage",
    "compare": "views.sales.compare_page:ComparePage",
    "courtesy": "views.sales.courtesy_page:CourtesyPage",
    "signing": "views.signature.signing_page:SigningPage",
    "orders": "views.fulfilment.orders_page:OrdersPage",
    "requests": "views.desk.requests_page:RequestsPage",
    "catalogue": "views.catalogue.catalogue_page:CataloguePage",
    "devices": "views.desk.devices_page:DevicesPage",
    "sync": "views.sync.sync_page:SyncPage",
}
