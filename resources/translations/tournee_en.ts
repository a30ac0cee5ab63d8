<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="fr_FR">
<context>
    <name>AccountDialog</name>
    <message>
        <source>Les coordonnées publiées valent pour toutes ses sous-commandes.</source>
        <translation>Published details hold for all of its sub-orders.</translation>
    </message>
    <message>
        <source>Raison sociale</source>
        <translation>Legal name</translation>
    </message>
    <message>
        <source>SIRET</source>
        <translation>SIRET</translation>
    </message>
    <message>
        <source>14 chiffres</source>
        <translation>14 digits</translation>
    </message>
    <message>
        <source>N° de TVA</source>
        <translation>VAT number</translation>
    </message>
    <message>
        <source>IBAN</source>
        <translation>IBAN</translation>
    </message>
    <message>
        <source>Nom publié</source>
        <translation>Published name</translation>
    </message>
    <message>
        <source>Téléphone publié</source>
        <translation>Published phone</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Website</translation>
    </message>
    <message>
        <source>Horaires d’ouverture</source>
        <translation>Opening hours</translation>
    </message>
</context>
<context>
    <name>AccountListModel</name>
    <message>
        <source>avant le {day}</source>
        <translation>by {day}</translation>
    </message>
    <message>
        <source>reste {count}</source>
        <translation>{count} left</translation>
    </message>
    <message>
        <source>visite {day} à {hour}</source>
        <translation>visit {day} at {hour}</translation>
    </message>
    <message>
        <source>signé, à confirmer</source>
        <translation>signed, to be confirmed</translation>
    </message>
    <message>
        <source>proposition à finir</source>
        <translation>proposal to finish</translation>
    </message>
    <message>
        <source>Rejet</source>
        <translation>Rejection</translation>
    </message>
    <message>
        <source>E-mail manquant</source>
        <translation>E-mail missing</translation>
    </message>
    <message>
        <source>Signé, à confirmer</source>
        <translation>Signed, to be confirmed</translation>
    </message>
    <message>
        <source>Brouillon</source>
        <translation>Draft</translation>
    </message>
</context>
<context>
    <name>AccountModel</name>
    <message>
        <source>réduit</source>
        <translation>reduced</translation>
    </message>
    <message>
        <source>Chute totale notée. Les propositions sont closes.</source>
        <translation>Total loss recorded. The proposals are closed.</translation>
    </message>
    <message>
        <source>Chute révoquée. Le compte est de nouveau actif.</source>
        <translation>Loss revoked. The account is active again.</translation>
    </message>
</context>
<context>
    <name>AccountPage</name>
    <message>
        <source>Autres actions</source>
        <translation>Other actions</translation>
    </message>
    <message>
        <source>Chronologie</source>
        <translation>Timeline</translation>
    </message>
    <message>
        <source>Rien ne s’est encore passé.</source>
        <translation>Nothing has happened yet.</translation>
    </message>
    <message>
        <source>Pas encore de proposition.</source>
        <translation>No proposal yet.</translation>
    </message>
    <message>
        <source>La reconduction se prépare en un geste.</source>
        <translation>The renewal is prepared in one move.</translation>
    </message>
    <message>
        <source>Préparer la reconduction</source>
        <translation>Prepare the renewal</translation>
    </message>
    <message>
        <source>Propositions</source>
        <translation>Proposals</translation>
    </message>
    <message>
        <source>Commandes</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>Aucune commande.</source>
        <translation>No orders.</translation>
    </message>
    <message>
        <source>Demandes</source>
        <translation>Requests</translation>
    </message>
    <message>
        <source>Aucune demande au service client.</source>
        <translation>No request to customer service.</translation>
    </message>
    <message>
        <source>Aucun document.</source>
        <translation>No documents.</translation>
    </message>
    <message>
        <source>Bons et devis se gardent ici dès qu’ils sont présentés.</source>
        <translation>Order forms and quotes are kept here once they have been shown.</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>Préparation</source>
        <translation>Preparation</translation>
    </message>
    <message>
        <source>Plan de parution</source>
        <translation>Publication plan</translation>
    </message>
    <message>
        <source>{activity} à {city}</source>
        <translation>{activity} in {city}</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Dossier complet, utilisable sans réseau</source>
        <translation>Complete file, usable with no network</translation>
    </message>
    <message>
        <source>Dossier complet</source>
        <translation>Complete file</translation>
    </message>
    <message>
        <source>Portefeuille {area}</source>
        <translation>Portfolio {area}</translation>
    </message>
    <message>
        <source>Client depuis {year}</source>
        <translation>Customer since {year}</translation>
    </message>
    <message>
        <source>Révoquer la chute</source>
        <translation>Revoke the loss</translation>
    </message>
    <message>
        <source>Commencer la visite</source>
        <translation>Start the visit</translation>
    </message>
    <message>
        <source>Ouvrir la proposition</source>
        <translation>Open the proposal</translation>
    </message>
    <message>
        <source>Modifier la fiche</source>
        <translation>Edit the account</translation>
    </message>
    <message>
        <source>Ajouter un contact</source>
        <translation>Add a contact</translation>
    </message>
    <message>
        <source>Noter une tâche</source>
        <translation>Note a task</translation>
    </message>
    <message>
        <source>Chute totale…</source>
        <translation>Total loss…</translation>
    </message>
    <message>
        <source>Ouverture du document</source>
        <translation>Opening the document</translation>
    </message>
    <message>
        <source>Décharger</source>
        <translation>Unload</translation>
    </message>
    <message>
        <source>Charger pour la visite</source>
        <translation>Load for the visit</translation>
    </message>
</context>
<context>
    <name>AccountWords</name>
    <message>
        <source>{role} et signataire</source>
        <translation>{role} and signatory</translation>
    </message>
    <message>
        <source>signataire</source>
        <translation>signatory</translation>
    </message>
    <message>
        <source>SIRET {number}</source>
        <translation>SIRET {number}</translation>
    </message>
    <message>
        <source>TVA {number}</source>
        <translation>VAT {number}</translation>
    </message>
    <message>
        <source>{kind}&#xa0;: {subject}</source>
        <translation>{kind}: {subject}</translation>
    </message>
    <message>
        <source>automatique</source>
        <translation>automatic</translation>
    </message>
    <message>
        <source>vous</source>
        <translation>you</translation>
    </message>
    <message>
        <source>signé le {day} · {status}</source>
        <translation>signed {day} · {status}</translation>
    </message>
    <message>
        <source>Commande {number}</source>
        <translation>Order {number}</translation>
    </message>
    <message>
        <source>Édition {year} · signée le {day}</source>
        <translation>Edition {year} · signed {day}</translation>
    </message>
    <message>
        <source>HT</source>
        <translation>excl. VAT</translation>
    </message>
    <message>
        <source>MO {number}</source>
        <translation>Amendment {number}</translation>
    </message>
    <message>
        <source>Par défaut</source>
        <translation>Default</translation>
    </message>
    <message>
        <source>Simulation</source>
        <translation>Simulation</translation>
    </message>
    <message numerus="yes">
        <source>%n sous-commande(s)</source>
        <translation>
            <numerusform>%n sub-order</numerusform>
            <numerusform>%n sub-orders</numerusform>
        </translation>
    </message>
    <message>
        <source>{kind} · édition {year} · {count}</source>
        <translation>{kind} · edition {year} · {count}</translation>
    </message>
    <message>
        <source>TTC</source>
        <translation>incl. VAT</translation>
    </message>
    <message>
        <source>{chance} · décision attendue le {day}</source>
        <translation>{chance} · decision expected {day}</translation>
    </message>
    <message>
        <source>{kind} le {day}&#xa0;: {reason}</source>
        <translation>{kind} on {day}: {reason}</translation>
    </message>
</context>
<context>
    <name>AccountsPage</name>
    <message>
        <source>Nom, ville, numéro</source>
        <translation>Name, town, number</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Condition</translation>
    </message>
    <message>
        <source>Comptes</source>
        <translation>Accounts</translation>
    </message>
    <message>
        <source>Équipe</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>Chercher un compte de l’équipe</source>
        <translation>Search the team’s accounts</translation>
    </message>
    <message>
        <source>Aucun compte ne répond.</source>
        <translation>No account matches.</translation>
    </message>
    <message>
        <source>Élargissez&#xa0;: moins de mots, une condition de moins.</source>
        <translation>Widen it: fewer words, one condition less.</translation>
    </message>
    <message>
        <source>Tout montrer</source>
        <translation>Show all</translation>
    </message>
    <message>
        <source>{count} sur {all}</source>
        <translation>{count} of {all}</translation>
    </message>
    <message>
        <source>en cours</source>
        <translation>running</translation>
    </message>
    <message>
        <source>Par urgence</source>
        <translation>By urgency</translation>
    </message>
    <message>
        <source>Par nom</source>
        <translation>By name</translation>
    </message>
    <message>
        <source>Par montant</source>
        <translation>By amount</translation>
    </message>
</context>
<context>
    <name>CalendarPanel</name>
    <message>
        <source>Mois précédent</source>
        <translation>Previous month</translation>
    </message>
    <message>
        <source>Mois suivant</source>
        <translation>Next month</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>Avant</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>Vous</source>
        <translation>You</translation>
    </message>
    <message>
        <source>Vous · {at}</source>
        <translation>You · {at}</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Centre</translation>
    </message>
    <message>
        <source>avant&#xa0;: {value}</source>
        <translation>before: {value}</translation>
    </message>
    <message>
        <source>{field}&#xa0;: la vôtre</source>
        <translation>{field}: yours</translation>
    </message>
    <message>
        <source>{field}&#xa0;: celle du centre</source>
        <translation>{field}: the centre’s</translation>
    </message>
    <message>
        <source>Ce que vous aviez saisi</source>
        <translation>What you had entered</translation>
    </message>
    <message numerus="yes">
        <source>et %n autre(s), dans le détail technique</source>
        <translation>
            <numerusform>and %n other, in the technical detail</numerusform>
            <numerusform>and %n others, in the technical detail</numerusform>
        </translation>
    </message>
    <message>
        <source>Toutes les miennes</source>
        <translation>All mine</translation>
    </message>
    <message>
        <source>Toutes celles du centre</source>
        <translation>All the centre’s</translation>
    </message>
    <message>
        <source>Garder ce choix</source>
        <translation>Keep this choice</translation>
    </message>
    <message>
        <source>Prendre {place}</source>
        <translation>Take {place}</translation>
    </message>
    <message>
        <source>Retirer {product}</source>
        <translation>Remove {product}</translation>
    </message>
    <message>
        <source>Ouvrir {account}</source>
        <translation>Open {account}</translation>
    </message>
    <message>
        <source>C’est vu, ranger</source>
        <translation>Seen, put away</translation>
    </message>
</context>
<context>
    <name>CatalogueModel</name>
    <message>
        <source>TVA {rate}</source>
        <translation>VAT {rate}</translation>
    </message>
    <message>
        <source>Édition {year}</source>
        <translation>Edition {year}</translation>
    </message>
    <message>
        <source>expiré le {day}</source>
        <translation>expired {day}</translation>
    </message>
    <message>
        <source>jusqu’au {day}</source>
        <translation>until {day}</translation>
    </message>
    <message>
        <source>Partout</source>
        <translation>Everywhere</translation>
    </message>
    <message>
        <source>Favori</source>
        <translation>Favourite</translation>
    </message>
    <message numerus="yes">
        <source>%n emplacement(s) libre(s)</source>
        <translation>
            <numerusform>%n place free</numerusform>
            <numerusform>%n places free</numerusform>
        </translation>
    </message>
    <message>
        <source>Aucun emplacement libre</source>
        <translation>No place free</translation>
    </message>
    <message>
        <source>édition {year}</source>
        <translation>edition {year}</translation>
    </message>
</context>
<context>
    <name>CataloguePage</name>
    <message>
        <source>Nom, référence</source>
        <translation>Name, reference</translation>
    </message>
    <message>
        <source>Produits</source>
        <translation>Products</translation>
    </message>
    <message>
        <source>Aucun produit ne répond.</source>
        <translation>No product matches.</translation>
    </message>
    <message>
        <source>Essayez moins de mots.</source>
        <translation>Try fewer words.</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Catalogue</translation>
    </message>
    <message numerus="yes">
        <source>%n produit(s)</source>
        <translation>
            <numerusform>%n product</numerusform>
            <numerusform>%n products</numerusform>
        </translation>
    </message>
    <message>
        <source>Toutes les gammes</source>
        <translation>All ranges</translation>
    </message>
</context>
<context>
    <name>CodeDialog</name>
    <message>
        <source>Il ne sera plus montré.</source>
        <translation>It will not be shown again.</translation>
    </message>
    <message>
        <source>Copier</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>Fermer</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>En plus&#xa0;: {what}</source>
        <translation>More: {what}</translation>
    </message>
    <message>
        <source>En moins&#xa0;: {what}</source>
        <translation>Less: {what}</translation>
    </message>
    <message>
        <source>{amount} de plus sur «&#xa0;{product}&#xa0;»</source>
        <translation>{amount} more on “{product}”</translation>
    </message>
    <message>
        <source>{amount} de moins sur «&#xa0;{product}&#xa0;»</source>
        <translation>{amount} less on “{product}”</translation>
    </message>
    <message>
        <source>Le même total, toutes taxes comprises</source>
        <translation>The same total, all taxes included</translation>
    </message>
    <message>
        <source>{amount} TTC de plus en tout</source>
        <translation>{amount} incl. VAT more in all</translation>
    </message>
    <message>
        <source>{amount} TTC de moins en tout</source>
        <translation>{amount} incl. VAT less in all</translation>
    </message>
    <message>
        <source>{text}, soit {plan}</source>
        <translation>{text}, that is {plan}</translation>
    </message>
</context>
<context>
    <name>CompareModel</name>
    <message>
        <source>Autres</source>
        <translation>Others</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Différences seules</source>
        <translation>Differences only</translation>
    </message>
    <message>
        <source>Simulations</source>
        <translation>Simulations</translation>
    </message>
    <message>
        <source>Rien à comparer pour l’instant</source>
        <translation>Nothing to compare yet</translation>
    </message>
    <message>
        <source>Dupliquez la proposition en simulation, changez-la, puis revenez ici.</source>
        <translation>Duplicate the proposal as a simulation, change it, then come back here.</translation>
    </message>
    <message>
        <source>Ouvrir la proposition</source>
        <translation>Open the proposal</translation>
    </message>
    <message>
        <source>Comparer</source>
        <translation>Compare</translation>
    </message>
    <message numerus="yes">
        <source>{account} · %n simulation(s)</source>
        <translation>
            <numerusform>{account} · %n simulation</numerusform>
            <numerusform>{account} · %n simulations</numerusform>
        </translation>
    </message>
    <message>
        <source>Écart</source>
        <translation>Difference</translation>
    </message>
    <message>
        <source>HT, ligne à ligne</source>
        <translation>Excl. VAT, line by line</translation>
    </message>
    <message>
        <source>Total HT</source>
        <translation>Total excl. VAT</translation>
    </message>
    <message>
        <source>TVA {rate}</source>
        <translation>VAT {rate}</translation>
    </message>
    <message>
        <source>Total TTC</source>
        <translation>Total incl. VAT</translation>
    </message>
    <message>
        <source>Par défaut</source>
        <translation>Default</translation>
    </message>
    <message>
        <source>Simulation {number}</source>
        <translation>Simulation {number}</translation>
    </message>
    <message>
        <source>Contre l’édition {year}</source>
        <translation>Against edition {year}</translation>
    </message>
    <message>
        <source>{series}, HT en euros</source>
        <translation>{series}, excl. VAT in euros</translation>
    </message>
    <message>
        <source>Édition {year}</source>
        <translation>Edition {year}</translation>
    </message>
    <message>
        <source>Présenter «&#xa0;{proposal}&#xa0;»</source>
        <translation>Present “{proposal}”</translation>
    </message>
</context>
<context>
    <name>CompareScene</name>
    <message>
        <source>D’une édition à l’autre</source>
        <translation>From one edition to the next</translation>
    </message>
    <message>
        <source>En euros, hors taxes</source>
        <translation>In euros, without tax</translation>
    </message>
</context>
<context>
    <name>ConditionPill</name>
    <message>
        <source>Suppr enlève cette condition</source>
        <translation>Delete takes this condition away</translation>
    </message>
</context>
<context>
    <name>ContactDialog</name>
    <message>
        <source>Nouveau contact</source>
        <translation>New contact</translation>
    </message>
    <message>
        <source>Nom</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Fonction</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Reçoit le bon signé</source>
        <translation>Receives the signed form</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>Mobile</translation>
    </message>
    <message>
        <source>Reçoit le code SMS</source>
        <translation>Receives the SMS code</translation>
    </message>
    <message>
        <source>Téléphone</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>Signe les bons de commande</source>
        <translation>Signs the order forms</translation>
    </message>
    <message>
        <source>Qui signe pour {account}</source>
        <translation>Who signs for {account}</translation>
    </message>
    <message>
        <source>La copie signée part par e-mail, le code par SMS&#xa0;: les deux sont obligatoires.</source>
        <translation>The signed copy goes by e-mail, the code by SMS: both are required.</translation>
    </message>
    <message>
        <source>Plus tard</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>Garder</source>
        <translation>Keep</translation>
    </message>
</context>
<context>
    <name>ContactFields</name>
    <message>
        <source>Nom, prénom</source>
        <translation>First and last name</translation>
    </message>
    <message>
        <source>Gérante, directeur…</source>
        <translation>Manager, director…</translation>
    </message>
    <message>
        <source>nom@entreprise.fr</source>
        <translation>name@company.com</translation>
    </message>
    <message>
        <source>06 12 34 56 78</source>
        <translation>06 12 34 56 78</translation>
    </message>
    <message>
        <source>Signataire</source>
        <translation>Signatory</translation>
    </message>
    <message>
        <source>Fonction</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>E-mail, pour la copie signée</source>
        <translation>E-mail, for the signed copy</translation>
    </message>
    <message>
        <source>Mobile, pour le code SMS</source>
        <translation>Mobile, for the SMS code</translation>
    </message>
    <message>
        <source>obligatoire pour signer</source>
        <translation>required to sign</translation>
    </message>
    <message>
        <source>«&#xa0;{text}&#xa0;» n’est pas complet</source>
        <translation>“{text}” is not complete</translation>
    </message>
</context>
<context>
    <name>ContactPane</name>
    <message>
        <source>Avant de signer</source>
        <translation>Before signing</translation>
    </message>
    <message>
        <source>L’e-mail reçoit la copie signée, le mobile reçoit le code&#xa0;: les deux sont obligatoires.</source>
        <translation>The e-mail receives the signed copy, the mobile receives the code: both are required.</translation>
    </message>
    <message>
        <source>Garder, puis relire le bon</source>
        <translation>Keep, then read the form again</translation>
    </message>
</context>
<context>
    <name>CopyWords</name>
    <message>
        <source>Le coffre de cet appareil est abîmé.</source>
        <translation>This device’s vault is damaged.</translation>
    </message>
    <message>
        <source>Rien n’est effacé. Ce qui reste lisible du coffre sera ajouté à la copie.</source>
        <translation>Nothing is erased. Whatever can still be read of the vault will be added to the copy.</translation>
    </message>
    <message>
        <source>Le coffre de cet appareil a disparu.</source>
        <translation>This device’s vault is gone.</translation>
    </message>
    <message>
        <source>Sa dernière copie peut prendre sa place.</source>
        <translation>Its last copy can take its place.</translation>
    </message>
    <message>
        <source>Le coffre de cet appareil a disparu, et aucune copie n’est saine.</source>
        <translation>This device’s vault is gone, and no copy is sound.</translation>
    </message>
    <message>
        <source>Ne réinscrivez pas l’appareil&#xa0;: laissez-le tel quel et appelez le support.</source>
        <translation>Do not enrol the device again: leave it as it is and call support.</translation>
    </message>
    <message>
        <source>Le coffre de cet appareil est abîmé, et aucune copie n’est saine.</source>
        <translation>This device’s vault is damaged, and no copy is sound.</translation>
    </message>
    <message>
        <source>Rien n’est effacé&#xa0;: laissez l’appareil tel quel et appelez le support.</source>
        <translation>Nothing is erased: leave the device as it is and call support.</translation>
    </message>
    <message>
        <source>Remettre la dernière copie ({when})</source>
        <translation>Put the latest copy back ({when})</translation>
    </message>
    <message>
        <source>Copie remise ({when}).</source>
        <translation>Copy put back ({when}).</translation>
    </message>
    <message>
        <source>Ce qui a été fait depuis cette copie et qui était envoyé revient du centre&#xa0;; le reste est à refaire.</source>
        <translation>What was done since this copy and was sent comes back from the centre; the rest is to be done again.</translation>
    </message>
    <message numerus="yes">
        <source>%n action(s) relue(s) du coffre abîmé.</source>
        <translation>
            <numerusform>%n action reread from the damaged vault.</numerusform>
            <numerusform>%n actions reread from the damaged vault.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n action(s) illisible(s) (n°&#xa0;{numbers}).</source>
        <translation>
            <numerusform>%n action cannot be read (no. {numbers}).</numerusform>
            <numerusform>%n actions cannot be read (nos. {numbers}).</numerusform>
        </translation>
    </message>
    <message>
        <source>Le coffre abîmé ne dit plus tout ce qui a été fait depuis cette copie.</source>
        <translation>The damaged vault no longer tells all that was done since this copy.</translation>
    </message>
    <message>
        <source>Ce qui était envoyé revient du centre&#xa0;; le reste est à refaire. Le coffre abîmé est gardé pour le support.</source>
        <translation>What had been sent comes back from the centre; the rest is to be done again. The damaged vault is kept for support.</translation>
    </message>
    <message>
        <source>Rien n’avait été fait depuis.</source>
        <translation>Nothing had been done since.</translation>
    </message>
    <message>
        <source>aujourd’hui {time}</source>
        <translation>today {time}</translation>
    </message>
    <message>
        <source>hier {time}</source>
        <translation>yesterday {time}</translation>
    </message>
</context>
<context>
    <name>Courtesy</name>
    <message>
        <source>Édition {year}</source>
        <translation>Edition {year}</translation>
    </message>
    <message>
        <source>sous réserve d’emplacement</source>
        <translation>subject to availability</translation>
    </message>
    <message>
        <source>en couverture.</source>
        <translation>on the cover.</translation>
    </message>
    <message>
        <source>Sous réserve d’emplacement.</source>
        <translation>Subject to availability.</translation>
    </message>
    <message>
        <source>Vos fleurs</source>
        <translation>Your flowers</translation>
    </message>
    <message>
        <source>Vos toits</source>
        <translation>Your roofs</translation>
    </message>
    <message>
        <source>Vos montures</source>
        <translation>Your frames</translation>
    </message>
    <message>
        <source>Vos pains</source>
        <translation>Your breads</translation>
    </message>
    <message>
        <source>Votre table</source>
        <translation>Your table</translation>
    </message>
    <message>
        <source>Votre salon</source>
        <translation>Your salon</translation>
    </message>
    <message>
        <source>Votre atelier</source>
        <translation>Your workshop</translation>
    </message>
    <message>
        <source>en une fois, le {day}</source>
        <translation>at once, on {day}</translation>
    </message>
    <message>
        <source>en {count} fois {amount}, à partir du {day}</source>
        <translation>in {count} payments of {amount}, from {day}</translation>
    </message>
    <message>
        <source>en {count} fois, à partir du {day}</source>
        <translation>in {count} payments, from {day}</translation>
    </message>
</context>
<context>
    <name>CourtesyPage</name>
    <message>
        <source>Reprendre la main, avec le code</source>
        <translation>Take over again, with the code</translation>
    </message>
    <message>
        <source>Tourner vers la personne en face</source>
        <translation>Turn towards the person opposite</translation>
    </message>
</context>
<context>
    <name>DashboardModel</name>
    <message>
        <source>Sans département</source>
        <translation>No area</translation>
    </message>
    <message>
        <source>{done} sur {all}</source>
        <translation>{done} of {all}</translation>
    </message>
</context>
<context>
    <name>DashboardPage</name>
    <message>
        <source>Avancement</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>Aucun compte.</source>
        <translation>No accounts.</translation>
    </message>
    <message>
        <source>faits</source>
        <translation>done</translation>
    </message>
    <message>
        <source>à faire</source>
        <translation>to do</translation>
    </message>
    <message>
        <source>Chutes par raison</source>
        <translation>Losses by reason</translation>
    </message>
    <message>
        <source>Aucune chute. C’est bon signe.</source>
        <translation>No losses. A good sign.</translation>
    </message>
    <message>
        <source>Propositions</source>
        <translation>Proposals</translation>
    </message>
    <message>
        <source>Aucune proposition.</source>
        <translation>No proposals.</translation>
    </message>
    <message>
        <source>Signé, HT</source>
        <translation>Signed, excl. VAT</translation>
    </message>
    <message>
        <source>En jeu, HT</source>
        <translation>At stake, excl. VAT</translation>
    </message>
    <message>
        <source>Tableau</source>
        <translation>Dashboard</translation>
    </message>
    <message>
        <source>Édition {year}</source>
        <translation>Edition {year}</translation>
    </message>
</context>
<context>
    <name>DateField</name>
    <message>
        <source>Un jour, comme %1</source>
        <translation>A day, such as %1</translation>
    </message>
    <message>
        <source>Pas avant le %1</source>
        <translation>Not before %1</translation>
    </message>
</context>
<context>
    <name>DeletionCard</name>
    <message>
        <source>Tout garder</source>
        <translation>Keep everything</translation>
    </message>
    <message>
        <source>Effacer</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>DetailLine</name>
    <message>
        <source>Un de moins</source>
        <translation>One less</translation>
    </message>
    <message>
        <source>Un de plus</source>
        <translation>One more</translation>
    </message>
    <message>
        <source>au lieu de {amount}</source>
        <translation>instead of {amount}</translation>
    </message>
</context>
<context>
    <name>DetailScene</name>
    <message>
        <source>Le détail</source>
        <translation>The detail</translation>
    </message>
    <message>
        <source>TTC</source>
        <translation>incl. VAT</translation>
    </message>
    <message>
        <source>{amount} HT</source>
        <translation>{amount} excl. VAT</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Coordonnées de {number} {range}</source>
        <translation>Details of {number} {range}</translation>
    </message>
    <message>
        <source>Dites ce qui change&#xa0;; le service client le reçoit avec la modification.</source>
        <translation>Say what changes; customer service receives it with the amendment.</translation>
    </message>
    <message>
        <source>Le nouveau téléphone et le nouveau site</source>
        <translation>The new phone and the new website</translation>
    </message>
    <message>
        <source>Ce qui change</source>
        <translation>What changes</translation>
    </message>
    <message>
        <source>Vide&#xa0;: rien ne change.</source>
        <translation>Empty: nothing changes.</translation>
    </message>
    <message>
        <source>Ne rien changer</source>
        <translation>Change nothing</translation>
    </message>
    <message>
        <source>Garder</source>
        <translation>Keep</translation>
    </message>
</context>
<context>
    <name>DeviceDialog</name>
    <message>
        <source>Code de récupération</source>
        <translation>Recovery code</translation>
    </message>
    <message>
        <source>Exclure</source>
        <translation>Shut out</translation>
    </message>
    <message>
        <source>Effacer…</source>
        <translation>Wipe…</translation>
    </message>
    <message>
        <source>Annuler l’effacement</source>
        <translation>Cancel the wipe</translation>
    </message>
</context>
<context>
    <name>DevicesModel</name>
    <message>
        <source>en service</source>
        <translation>in service</translation>
    </message>
    <message>
        <source>exclu</source>
        <translation>shut out</translation>
    </message>
    <message>
        <source>effacement demandé</source>
        <translation>wipe requested</translation>
    </message>
    <message>
        <source>effacement reçu</source>
        <translation>wipe received</translation>
    </message>
    <message>
        <source>effacé</source>
        <translation>wiped</translation>
    </message>
    <message>
        <source>Titulaire</source>
        <translation>Holder</translation>
    </message>
    <message>
        <source>Système</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Inscrit</source>
        <translation>Enrolled</translation>
    </message>
    <message>
        <source>Dernier contact</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>Dernier échange</source>
        <translation>Last exchange</translation>
    </message>
    <message>
        <source>Changements reçus</source>
        <translation>Changes received</translation>
    </message>
    <message>
        <source>Travaille seul jusqu’au</source>
        <translation>Works alone until</translation>
    </message>
    <message>
        <source>Clé confiée</source>
        <translation>Key entrusted</translation>
    </message>
    <message>
        <source>oui</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>non</source>
        <translation>no</translation>
    </message>
    <message>
        <source>Remplace l’identité</source>
        <translation>Replaces identity</translation>
    </message>
    <message>
        <source>Travail non parti</source>
        <translation>Work not sent</translation>
    </message>
    <message>
        <source>gardé scellé au centre</source>
        <translation>kept sealed at the centre</translation>
    </message>
    <message>
        <source>{device} n’est plus admis par le centre.</source>
        <translation>The centre no longer lets {device} in.</translation>
    </message>
    <message>
        <source>{device} s’effacera à son prochain contact.</source>
        <translation>{device} will wipe itself at its next contact.</translation>
    </message>
    <message>
        <source>{device} ne sera pas effacé.</source>
        <translation>{device} will not be wiped.</translation>
    </message>
    <message>
        <source>Valable une fois, jusqu’au {moment}.</source>
        <translation>Good once, until {moment}.</translation>
    </message>
    <message>
        <source>vu le {moment}</source>
        <translation>seen {moment}</translation>
    </message>
    <message>
        <source>seul jusqu’au {moment}</source>
        <translation>alone until {moment}</translation>
    </message>
    <message>
        <source>cet appareil</source>
        <translation>this device</translation>
    </message>
    <message>
        <source>jamais</source>
        <translation>never</translation>
    </message>
    <message numerus="yes">
        <source>Enregistré&#xa0;: %n changement(s), lisibles par l’organisation seule.</source>
        <translation>
            <numerusform>Saved: %n change, which the organisation alone can read.</numerusform>
            <numerusform>Saved: %n changes, which the organisation alone can read.</numerusform>
        </translation>
    </message>
    <message>
        <source>Tout est déjà arrivé au centre&#xa0;: rien à enregistrer.</source>
        <translation>Everything has reached the centre already: nothing to save.</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Aucun appareil ici.</source>
        <translation>No device here.</translation>
    </message>
    <message>
        <source>La liste vient du centre, quand il répond.</source>
        <translation>The list comes from the centre, when it answers.</translation>
    </message>
    <message>
        <source>Appareils</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>En service</source>
        <translation>In service</translation>
    </message>
    <message>
        <source>Sortis</source>
        <translation>Gone</translation>
    </message>
    <message>
        <source>Tous</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Nouveau code</source>
        <translation>New code</translation>
    </message>
    <message>
        <source>Enregistrer ce qui n’est pas parti</source>
        <translation>Save what was not sent</translation>
    </message>
    <message numerus="yes">
        <source>%n appareil(s)</source>
        <translation>
            <numerusform>%n device</numerusform>
            <numerusform>%n devices</numerusform>
        </translation>
    </message>
    <message>
        <source>Code d’inscription</source>
        <translation>Enrolment code</translation>
    </message>
    <message>
        <source>Code de récupération de {device}</source>
        <translation>Recovery code of {device}</translation>
    </message>
    <message>
        <source>Mes appareils</source>
        <translation>My devices</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Fermer</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>DocumentDialog</name>
    <message>
        <source>Ce document ne peut pas être affiché&#xa0;: il est abîmé.</source>
        <translation>This document cannot be shown: it is damaged.</translation>
    </message>
    <message>
        <source>Fermer</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Présenté au client, pas encore signé.</source>
        <translation>Shown to the customer, not signed yet.</translation>
    </message>
    <message>
        <source>Signé par {name}, sceau intact. Ce bon n’a pas été retenu&#xa0;: il est gardé comme preuve.</source>
        <translation>Signed by {name}, seal intact. This form was not taken: it is kept as proof.</translation>
    </message>
    <message>
        <source>Signé par {name}. Le sceau est intact.</source>
        <translation>Signed by {name}. The seal is intact.</translation>
    </message>
</context>
<context>
    <name>Dots</name>
    <message>
        <source>Page {page} sur {pages}</source>
        <translation>Page {page} of {pages}</translation>
    </message>
</context>
<context>
    <name>EntrancePage</name>
    <message>
        <source>Ouvrir Tournée</source>
        <translation>Open Tournée</translation>
    </message>
    <message>
        <source>Phrase de passe</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Ouvrir</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Phrase de passe oubliée, ou clé du trousseau perdue</source>
        <translation>Passphrase forgotten, or keyring’s key lost</translation>
    </message>
    <message>
        <source>Rouvrir cet appareil</source>
        <translation>Open this device again</translation>
    </message>
    <message>
        <source>Rien n’est perdu. Demandez un code de récupération à votre responsable&#xa0;: l’organisation garde une copie de la clé, et rend à cet appareil tout ce qu’il contient.</source>
        <translation>Nothing is lost. Ask your manager for a recovery code: the organisation keeps a copy of the key, and gives this device back all that it holds.</translation>
    </message>
    <message>
        <source>Code de récupération</source>
        <translation>Recovery code</translation>
    </message>
    <message>
        <source>Nouvelle phrase de passe</source>
        <translation>New passphrase</translation>
    </message>
    <message>
        <source>Rouvrir</source>
        <translation>Open again</translation>
    </message>
    <message>
        <source>Inscrire cet appareil</source>
        <translation>Enrol this device</translation>
    </message>
    <message>
        <source>Votre responsable vous a remis l’adresse du centre et un code valable une fois.</source>
        <translation>Your manager gave you the centre’s address and a code that works once.</translation>
    </message>
    <message>
        <source>Adresse du centre</source>
        <translation>Centre’s address</translation>
    </message>
    <message>
        <source>Enregistrer</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Remise en place…</source>
        <translation>Putting back…</translation>
    </message>
    <message>
        <source>Enregistrer ce qui n’est pas parti</source>
        <translation>Save what was not sent</translation>
    </message>
    <message>
        <source>Enregistrement…</source>
        <translation>Saving…</translation>
    </message>
    <message numerus="yes">
        <source>Enregistré&#xa0;: %n changement(s), que votre responsable seul peut lire.</source>
        <translation>
            <numerusform>Saved: %n change, which your manager alone can read.</numerusform>
            <numerusform>Saved: %n changes, which your manager alone can read.</numerusform>
        </translation>
    </message>
    <message>
        <source>Identifiant</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>Mot de passe</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>Code d’inscription</source>
        <translation>Enrolment code</translation>
    </message>
    <message>
        <source>Phrase de passe de cet appareil</source>
        <translation>This device’s passphrase</translation>
    </message>
    <message>
        <source>La même, encore une fois</source>
        <translation>The same, once more</translation>
    </message>
    <message>
        <source>Elle ouvre l’appareil chaque matin. Le centre ne la connaît pas&#xa0;: retenez-la.</source>
        <translation>It opens the device each morning. The centre does not know it: remember it.</translation>
    </message>
    <message>
        <source>Inscrire</source>
        <translation>Enrol</translation>
    </message>
    <message>
        <source>Ouverture…</source>
        <translation>Opening…</translation>
    </message>
    <message>
        <source>Les deux phrases ne sont pas les mêmes.</source>
        <translation>The two passphrases differ.</translation>
    </message>
    <message>
        <source>Inscription…</source>
        <translation>Enrolling…</translation>
    </message>
</context>
<context>
    <name>FieldWords</name>
    <message>
        <source>vide</source>
        <translation>empty</translation>
    </message>
    <message>
        <source>oui</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>non</source>
        <translation>no</translation>
    </message>
</context>
<context>
    <name>FigureField</name>
    <message>
        <source>Pas moins de %1</source>
        <translation>Not less than %1</translation>
    </message>
    <message>
        <source>Pas plus de %1</source>
        <translation>Not more than %1</translation>
    </message>
    <message>
        <source>Des chiffres, une virgule ou un point</source>
        <translation>Digits, a comma or a point</translation>
    </message>
    <message>
        <source>Une seule virgule, comme 1&#xa0;234,56</source>
        <translation>One decimal mark only, as in 1,234.56</translation>
    </message>
    <message>
        <source>Deux décimales au plus</source>
        <translation>Two decimals at most</translation>
    </message>
    <message>
        <source>Trop grand</source>
        <translation>Too large</translation>
    </message>
</context>
<context>
    <name>FirstPullCard</name>
    <message>
        <source>Mettre en pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Ce qui est là reste&#xa0;; la suite reprendra au même endroit.</source>
        <translation>What is here stays; the rest goes on from the same place.</translation>
    </message>
    <message>
        <source>Reprendre</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Vous pouvez déjà travailler avec ce qui est arrivé.</source>
        <translation>You can already work with what has come.</translation>
    </message>
</context>
<context>
    <name>FormDialog</name>
    <message>
        <source>Plus tard</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>Garder</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>Un instant…</source>
        <translation>One moment…</translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>Appareils</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>Aujourd’hui</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>Comptes</source>
        <translation>Accounts</translation>
    </message>
    <message>
        <source>Propositions</source>
        <translation>Proposals</translation>
    </message>
    <message>
        <source>Commandes</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Catalogue</translation>
    </message>
    <message>
        <source>Tableau</source>
        <translation>Dashboard</translation>
    </message>
    <message>
        <source>Synchro</source>
        <translation>Sync</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Retour</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>Initials</name>
    <message>
        <source>Réglages de {name}</source>
        <translation>Settings of {name}</translation>
    </message>
    <message>
        <source>Réglages</source>
        <translation>Settings</translation>
    </message>
</context>
<context>
    <name>InstalmentRow</name>
    <message>
        <source>JJ/MM/AAAA</source>
        <translation>DD/MM/YYYY</translation>
    </message>
    <message>
        <source>Retirer l’échéance {number}</source>
        <translation>Remove instalment {number}</translation>
    </message>
    <message>
        <source>{ordinal} échéance</source>
        <translation>{ordinal} instalment</translation>
    </message>
    <message>
        <source>Montant TTC</source>
        <translation>Amount incl. VAT</translation>
    </message>
    <message>
        <source>Quel jour&#xa0;?</source>
        <translation>Which day?</translation>
    </message>
    <message>
        <source>Ce jour est passé</source>
        <translation>This day is past</translation>
    </message>
    <message>
        <source>Pas ouvré&#xa0;; le suivant est {day}</source>
        <translation>Not a working day; the next is {day}</translation>
    </message>
    <message>
        <source>Au-dessus de zéro</source>
        <translation>Above zero</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Pavé de chiffres</source>
        <translation>Keypad</translation>
    </message>
    <message>
        <source>Effacer le dernier chiffre</source>
        <translation>Delete the last digit</translation>
    </message>
    <message>
        <source>Changer le signe</source>
        <translation>Change the sign</translation>
    </message>
    <message>
        <source>Tout effacer</source>
        <translation>Clear all</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Virgule</source>
        <translation>Decimal mark</translation>
    </message>
</context>
<context>
    <name>LineDialog</name>
    <message>
        <source>Quantité</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>Votre limite&#xa0;: {limit}</source>
        <translation>Your limit: {limit}</translation>
    </message>
    <message>
        <source>Remise</source>
        <translation>Discount</translation>
    </message>
    <message>
        <source>HT</source>
        <translation>excl. VAT</translation>
    </message>
    <message>
        <source>Emplacement…</source>
        <translation>Place…</translation>
    </message>
    <message>
        <source>Remplacer le produit…</source>
        <translation>Replace the product…</translation>
    </message>
    <message>
        <source>Annuler la ligne…</source>
        <translation>Cancel the line…</translation>
    </message>
    <message>
        <source>Garder</source>
        <translation>Keep</translation>
    </message>
</context>
<context>
    <name>LoadDialog</name>
    <message>
        <source>Aucun rendez-vous dans les {days} jours. Ses commandes, son plan et tous ses documents resteront sur cet appareil jusqu’au {until}.</source>
        <translation>No appointment within {days} days. Its orders, its plan and all its documents will stay on this device until {until}.</translation>
    </message>
    <message>
        <source>Charger {account} pour la visite&#xa0;?</source>
        <translation>Load {account} for the visit?</translation>
    </message>
    <message>
        <source>Ne pas charger</source>
        <translation>Do not load</translation>
    </message>
    <message>
        <source>Charger</source>
        <translation>Load</translation>
    </message>
</context>
<context>
    <name>LoadModel</name>
    <message>
        <source>Déchargé dès que tout est envoyé</source>
        <translation>Unloaded once all is sent</translation>
    </message>
    <message>
        <source>Se charge à la prochaine connexion</source>
        <translation>Loads at the next connection</translation>
    </message>
    <message numerus="yes">
        <source>Chargé jusqu’au {day}, %n fichier(s) à venir</source>
        <translation>
            <numerusform>Loaded until {day}, %n file to come</numerusform>
            <numerusform>Loaded until {day}, %n files to come</numerusform>
        </translation>
    </message>
    <message>
        <source>Chargé jusqu’au {day}</source>
        <translation>Loaded until {day}</translation>
    </message>
    <message>
        <source>Le compte se charge.</source>
        <translation>The account is being loaded.</translation>
    </message>
    <message>
        <source>Le compte se charge à la prochaine connexion.</source>
        <translation>The account will be loaded at the next connection.</translation>
    </message>
    <message>
        <source>Le compte est déchargé dès que votre travail est envoyé.</source>
        <translation>The account will be unloaded once your work is sent.</translation>
    </message>
    <message>
        <source>Le compte est déchargé.</source>
        <translation>The account is unloaded.</translation>
    </message>
</context>
<context>
    <name>LossDialog</name>
    <message>
        <source>{amount} HT par édition, en date du {day}</source>
        <translation>{amount} excl. VAT per edition, on {day}</translation>
    </message>
    <message>
        <source>Pourquoi, selon le client</source>
        <translation>Why, in the customer’s words</translation>
    </message>
    <message>
        <source>Oui, {account} ne renouvelle rien</source>
        <translation>Yes, {account} renews nothing</translation>
    </message>
    <message>
        <source>Ne rien changer</source>
        <translation>Change nothing</translation>
    </message>
    <message>
        <source>possible dès qu’une raison est choisie</source>
        <translation>possible once a reason is chosen</translation>
    </message>
    <message>
        <source>possible dès que c’est coché</source>
        <translation>possible once it is ticked</translation>
    </message>
    <message>
        <source>Plus rien ne reste</source>
        <translation>Nothing is left</translation>
    </message>
    <message>
        <source>Abandonner {number} {range}</source>
        <translation>Drop {number} {range}</translation>
    </message>
    <message>
        <source>Annuler «&#xa0;{product}&#xa0;»</source>
        <translation>Cancel “{product}”</translation>
    </message>
    <message>
        <source>C’est tout ce que {account} avait encore.</source>
        <translation>It is all that {account} still had.</translation>
    </message>
    <message>
        <source>La proposition et ses simulations se ferment, rien ne part en production.</source>
        <translation>The proposal and its simulations close, nothing goes to production.</translation>
    </message>
    <message>
        <source>La chute peut être révoquée tant que le centre n’a rien fait.</source>
        <translation>The loss can be revoked until the centre has acted on it.</translation>
    </message>
    <message>
        <source>La gamme sort de la proposition, le bon n’en garde aucune trace et la chute est notée.</source>
        <translation>The range leaves the proposal, the form bears no trace of it and the loss is recorded.</translation>
    </message>
    <message>
        <source>C’est la dernière ligne de {number}.</source>
        <translation>It is the last line of {number}.</translation>
    </message>
    <message>
        <source>La ligne n’était qu’ajoutée ici&#xa0;: elle est barrée, et ce n’est pas une chute.</source>
        <translation>The line was only added here: it is struck out, and that is no loss.</translation>
    </message>
    <message>
        <source>La ligne est barrée dans {number}, le reste de la gamme continue.</source>
        <translation>The line is struck out in {number}, the rest of the range goes on.</translation>
    </message>
    <message>
        <source>La commande le dira à la production.</source>
        <translation>The order will tell production.</translation>
    </message>
    <message>
        <source>Noter la chute totale</source>
        <translation>Record the total loss</translation>
    </message>
    <message>
        <source>Abandonner {number}</source>
        <translation>Drop {number}</translation>
    </message>
    <message>
        <source>Annuler la ligne</source>
        <translation>Cancel the line</translation>
    </message>
</context>
<context>
    <name>NextVisitCard</name>
    <message>
        <source>Préparer la visite</source>
        <translation>Prepare the visit</translation>
    </message>
    <message>
        <source>Itinéraire</source>
        <translation>Directions</translation>
    </message>
    <message>
        <source>prochaine visite</source>
        <translation>next visit</translation>
    </message>
    <message>
        <source>{activity} à {city}</source>
        <translation>{activity} in {city}</translation>
    </message>
    <message>
        <source>En jeu</source>
        <translation>At stake</translation>
    </message>
    <message>
        <source>À renouveler avant</source>
        <translation>To renew by</translation>
    </message>
    <message numerus="yes">
        <source>%n prête(s)</source>
        <translation>
            <numerusform>%n ready</numerusform>
            <numerusform>%n ready</numerusform>
        </translation>
    </message>
    <message>
        <source>à préparer</source>
        <translation>to prepare</translation>
    </message>
    <message>
        <source>Propositions</source>
        <translation>Proposals</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Détail</source>
        <translation>Detail</translation>
    </message>
    <message>
        <source>Copier le détail</source>
        <translation>Copy the detail</translation>
    </message>
</context>
<context>
    <name>NoticeArea</name>
    <message>
        <source>Ranger cet avis</source>
        <translation>Put this notice away</translation>
    </message>
</context>
<context>
    <name>NoveltyScene</name>
    <message>
        <source>TTC pour l’ensemble</source>
        <translation>incl. VAT for everything</translation>
    </message>
</context>
<context>
    <name>NumbersDialog</name>
    <message>
        <source>Numéros de {account}</source>
        <translation>Numbers of {account}</translation>
    </message>
    <message>
        <source>Ils figurent sur le bon de commande&#xa0;; leur clé est vérifiée à mesure.</source>
        <translation>They appear on the order form; their key is checked as you type.</translation>
    </message>
    <message>
        <source>14 chiffres</source>
        <translation>14 digits</translation>
    </message>
    <message>
        <source>FR et 11 chiffres</source>
        <translation>FR and 11 digits</translation>
    </message>
    <message>
        <source>FR76…</source>
        <translation>FR76…</translation>
    </message>
    <message>
        <source>SIRET</source>
        <translation>SIRET</translation>
    </message>
    <message>
        <source>N° de TVA</source>
        <translation>VAT number</translation>
    </message>
    <message>
        <source>IBAN</source>
        <translation>IBAN</translation>
    </message>
    <message>
        <source>Plus tard</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>Garder</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>La clé ne tombe pas juste</source>
        <translation>The key does not match</translation>
    </message>
    <message>
        <source>Clé vérifiée</source>
        <translation>Key checked</translation>
    </message>
</context>
<context>
    <name>OrdersModel</name>
    <message>
        <source>{number} · édition {year} · signée le {day}</source>
        <translation>{number} · edition {year} · signed {day}</translation>
    </message>
</context>
<context>
    <name>OrdersPage</name>
    <message>
        <source>Aucune commande.</source>
        <translation>No orders.</translation>
    </message>
    <message>
        <source>Ce que vos clients ont signé se lira ici.</source>
        <translation>What your customers have signed will stand here.</translation>
    </message>
    <message>
        <source>Voir les propositions</source>
        <translation>See the proposals</translation>
    </message>
    <message>
        <source>Commandes</source>
        <translation>Orders</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Chercher, commander</source>
        <translation>Search, command</translation>
    </message>
    <message>
        <source>Chercher ou commander</source>
        <translation>Search or command</translation>
    </message>
    <message>
        <source>Chercher, commander…</source>
        <translation>Search, command…</translation>
    </message>
    <message numerus="yes">
        <source>%n réponse(s)</source>
        <translation>
            <numerusform>%n answer</numerusform>
            <numerusform>%n answers</numerusform>
        </translation>
    </message>
    <message>
        <source>{answers} · sans réseau</source>
        <translation>{answers} · no network</translation>
    </message>
    <message>
        <source>Rien pour «&#xa0;{text}&#xa0;». Essayez un nom, une ville ou un numéro.</source>
        <translation>Nothing for “{text}”. Try a name, a town or a number.</translation>
    </message>
</context>
<context>
    <name>PaletteModel</name>
    <message>
        <source>Préparer la visite</source>
        <translation>Prepare the visit</translation>
    </message>
    <message>
        <source>Commencer la visite</source>
        <translation>Start the visit</translation>
    </message>
    <message>
        <source>Ctrl {key}</source>
        <translation>Ctrl {key}</translation>
    </message>
    <message>
        <source>Commande {number}</source>
        <translation>Order {number}</translation>
    </message>
    <message>
        <source>Faire</source>
        <translation>Do</translation>
    </message>
    <message>
        <source>Ouvrir</source>
        <translation>Open</translation>
    </message>
</context>
<context>
    <name>PdfView</name>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
</context>
<context>
    <name>PersonDialog</name>
    <message>
        <source>Il inscrit un appareil, une fois, dans la journée.</source>
        <translation>It enrols one device, once, within the day.</translation>
    </message>
    <message>
        <source>Nouveau code d’inscription</source>
        <translation>New enrolment code</translation>
    </message>
    <message>
        <source>Personnes</source>
        <translation>People</translation>
    </message>
    <message>
        <source>Fermer</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>PersonRow</name>
    <message>
        <source>Modifier {name}</source>
        <translation>Edit {name}</translation>
    </message>
    <message>
        <source>Appeler {name}</source>
        <translation>Call {name}</translation>
    </message>
</context>
<context>
    <name>PinDialog</name>
    <message>
        <source>Revenir au travail</source>
        <translation>Back to work</translation>
    </message>
    <message>
        <source>Rester devant le client</source>
        <translation>Stay with the customer</translation>
    </message>
    <message>
        <source>Effacer un chiffre</source>
        <translation>Delete a digit</translation>
    </message>
    <message>
        <source>Les deux n’étaient pas les mêmes. Choisissez à nouveau.</source>
        <translation>The two were not the same. Choose again.</translation>
    </message>
    <message>
        <source>Ce n’est pas le bon code. Réessayez dans {seconds} s.</source>
        <translation>That is not the right code. Try again in {seconds} s.</translation>
    </message>
    <message>
        <source>Ce n’est pas le bon code.</source>
        <translation>That is not the right code.</translation>
    </message>
    <message>
        <source>Votre code</source>
        <translation>Your code</translation>
    </message>
    <message>
        <source>Base école&#xa0;: le code est {pin}.</source>
        <translation>Training base: the code is {pin}.</translation>
    </message>
    <message>
        <source>Le client reste devant son écran tant qu’il n’est pas donné.</source>
        <translation>The customer stays before their screen until it is given.</translation>
    </message>
    <message>
        <source>Choisissez un code</source>
        <translation>Choose a code</translation>
    </message>
    <message>
        <source>Quatre à huit chiffres, pour reprendre la main devant un client.</source>
        <translation>Four to eight digits, to take over again before a customer.</translation>
    </message>
    <message>
        <source>Encore une fois</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>Le même code, pour être sûr de le retrouver.</source>
        <translation>The same code, to be sure of it.</translation>
    </message>
</context>
<context>
    <name>PlaceDialog</name>
    <message>
        <source>Emplacement de {product}</source>
        <translation>Place for {product}</translation>
    </message>
    <message>
        <source>Rubrique, zone, période</source>
        <translation>Heading, area, period</translation>
    </message>
    <message>
        <source>Emplacements</source>
        <translation>Places</translation>
    </message>
    <message>
        <source>Pour une autre rubrique, zone ou période, revenez d’abord en brouillon.</source>
        <translation>For another heading, area or period, go back to draft first.</translation>
    </message>
    <message>
        <source>Libérer l’emplacement</source>
        <translation>Release the place</translation>
    </message>
    <message>
        <source>Demander</source>
        <translation>Ask for it</translation>
    </message>
    <message>
        <source>Obtenu&#xa0;: {place}.</source>
        <translation>Granted: {place}.</translation>
    </message>
    <message>
        <source>Obtenu jusqu’au {day}&#xa0;: {place}. Après, il redevient libre.</source>
        <translation>Granted until {day}: {place}. After that it is free again.</translation>
    </message>
    <message>
        <source>Demandé&#xa0;: {place}. Le centre répond au prochain échange, au premier qui demande.</source>
        <translation>Asked for: {place}. The centre answers at the next exchange; the first to ask gets it.</translation>
    </message>
    <message>
        <source>Le délai est passé&#xa0;: redemandez l’emplacement s’il est libre, ou prenez-en un autre.</source>
        <translation>The time has passed: ask for the place anew if it is free, or take another one.</translation>
    </message>
    <message>
        <source>L’emplacement demandé est refusé&#xa0;: prenez-en un autre, ou retirez la ligne.</source>
        <translation>The place asked for is refused: take another one, or remove the line.</translation>
    </message>
    <message>
        <source>Le centre l’accorde au premier qui le demande&#xa0;; sans lui, la commande attend.</source>
        <translation>The centre grants it to the first who asks; without it the order waits.</translation>
    </message>
    <message>
        <source>le vôtre</source>
        <translation>yours</translation>
    </message>
    <message>
        <source>demandé</source>
        <translation>asked for</translation>
    </message>
    <message>
        <source>libre</source>
        <translation>free</translation>
    </message>
    <message>
        <source>pris</source>
        <translation>taken</translation>
    </message>
    <message>
        <source>échu</source>
        <translation>lapsed</translation>
    </message>
    <message>
        <source>{when} · là où est la ligne</source>
        <translation>{when} · where the line is</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>Toutes rubriques, partout</source>
        <translation>All headings, everywhere</translation>
    </message>
    <message>
        <source>édition {year}</source>
        <translation>edition {year}</translation>
    </message>
    <message>
        <source>n°&#xa0;{number}</source>
        <translation>no. {number}</translation>
    </message>
    <message>
        <source>Libres&#xa0;: {free} sur {total}</source>
        <translation>Free: {free} of {total}</translation>
    </message>
    <message>
        <source>Emplacement à demander</source>
        <translation>Place to ask for</translation>
    </message>
    <message>
        <source>À demander</source>
        <translation>To ask for</translation>
    </message>
    <message>
        <source>Emplacement demandé</source>
        <translation>Place asked for</translation>
    </message>
    <message>
        <source>Demandé</source>
        <translation>Asked for</translation>
    </message>
    <message>
        <source>Emplacement refusé</source>
        <translation>Place refused</translation>
    </message>
    <message>
        <source>Refusé</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>Emplacement échu</source>
        <translation>Place lapsed</translation>
    </message>
    <message>
        <source>Échu</source>
        <translation>Lapsed</translation>
    </message>
    <message>
        <source>Emplacement obtenu</source>
        <translation>Place granted</translation>
    </message>
    <message>
        <source>Obtenu</source>
        <translation>Granted</translation>
    </message>
    <message>
        <source>Obtenu jusqu’au {day}</source>
        <translation>Granted until {day}</translation>
    </message>
    <message>
        <source>Jusqu’au {day}</source>
        <translation>Until {day}</translation>
    </message>
    <message>
        <source>Emplacement demandé. Le centre répond au prochain échange.</source>
        <translation>Place asked for. The centre answers at the next exchange.</translation>
    </message>
    <message>
        <source>Emplacement libéré.</source>
        <translation>Place released.</translation>
    </message>
</context>
<context>
    <name>PlanBlock</name>
    <message>
        <source>Choisir comment c’est payé</source>
        <translation>Choose how it is paid</translation>
    </message>
    <message>
        <source>Règlement</source>
        <translation>Payment</translation>
    </message>
    <message>
        <source>Règlement {plan}</source>
        <translation>Payment {plan}</translation>
    </message>
    <message>
        <source>Rien à payer, pas de règlement.</source>
        <translation>Nothing to pay, no payment plan.</translation>
    </message>
    <message>
        <source>Aucune échéance pour l’instant.</source>
        <translation>No instalments for now.</translation>
    </message>
    <message>
        <source>À la main…</source>
        <translation>By hand…</translation>
    </message>
    <message>
        <source>Sans plan de règlement</source>
        <translation>No payment plan</translation>
    </message>
</context>
<context>
    <name>PlanDialog</name>
    <message>
        <source>Règlement de «&#xa0;{proposal}&#xa0;»</source>
        <translation>Payment of “{proposal}”</translation>
    </message>
    <message>
        <source>{amount} TTC à répartir, à des jours ouvrés.</source>
        <translation>{amount} incl. VAT to spread over working days.</translation>
    </message>
    <message>
        <source>Ajouter une échéance</source>
        <translation>Add an instalment</translation>
    </message>
    <message>
        <source>Mettre l’écart sur la première</source>
        <translation>Put the difference on the first</translation>
    </message>
    <message>
        <source>Ne rien changer</source>
        <translation>Change nothing</translation>
    </message>
    <message>
        <source>Garder</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>{planned}, le compte y est</source>
        <translation>{planned}, it adds up</translation>
    </message>
    <message>
        <source>{planned}, il manque {missing}</source>
        <translation>{planned}, {missing} missing</translation>
    </message>
    <message>
        <source>{planned}, {over} de trop</source>
        <translation>{planned}, {over} too much</translation>
    </message>
    <message>
        <source>possible dès que chaque ligne est juste</source>
        <translation>possible once every line is right</translation>
    </message>
    <message>
        <source>La proposition dira l’écart tant qu’il reste.</source>
        <translation>The proposal will show the difference while it lasts.</translation>
    </message>
</context>
<context>
    <name>PlanScene</name>
    <message>
        <source>TTC pour l’ensemble</source>
        <translation>incl. VAT for everything</translation>
    </message>
    <message>
        <source>Rien à payer</source>
        <translation>Nothing to pay</translation>
    </message>
    <message>
        <source>En une fois</source>
        <translation>At once</translation>
    </message>
    <message>
        <source>Le {day}.</source>
        <translation>On {day}.</translation>
    </message>
    <message>
        <source>En {count} fois</source>
        <translation>In {count} payments</translation>
    </message>
    <message>
        <source>{times} {amount}</source>
        <translation>{times} {amount}</translation>
    </message>
    <message>
        <source>À partir du {day}.</source>
        <translation>From {day}.</translation>
    </message>
</context>
<context>
    <name>PlanTab</name>
    <message>
        <source>Rien n’a encore paru.</source>
        <translation>Nothing has been published yet.</translation>
    </message>
    <message>
        <source>Ce qui sera commandé se lira ici, par édition.</source>
        <translation>What is ordered will stand here, by edition.</translation>
    </message>
</context>
<context>
    <name>PointList</name>
    <message>
        <source>À régler avant de signer</source>
        <translation>To settle before signing</translation>
    </message>
    <message>
        <source>Revenir en brouillon</source>
        <translation>Back to draft</translation>
    </message>
    <message>
        <source>Rien à régler</source>
        <translation>Nothing to settle</translation>
    </message>
    <message>
        <source>prête</source>
        <translation>ready</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n point</numerusform>
            <numerusform>%n points</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Points</name>
    <message>
        <source>Elles ne peuvent pas figurer sur ce bon.</source>
        <translation>They cannot stand on this form.</translation>
    </message>
    <message>
        <source>{numbers} sont rangées</source>
        <translation>{numbers} are put in place</translation>
    </message>
    <message>
        <source>{number} est rangée</source>
        <translation>{number} is put in place</translation>
    </message>
    <message>
        <source>le règlement tombe juste</source>
        <translation>the payment plan adds up</translation>
    </message>
    <message>
        <source>la remise est dans votre limite</source>
        <translation>the discount is within your limit</translation>
    </message>
    <message>
        <source>le tarif est du jour</source>
        <translation>the price list is current</translation>
    </message>
    <message>
        <source>l’emplacement est accordé</source>
        <translation>the place is granted</translation>
    </message>
    <message>
        <source>Voir les emplacements</source>
        <translation>See the places</translation>
    </message>
    <message>
        <source>le contact est complet</source>
        <translation>the contact is complete</translation>
    </message>
    <message>
        <source>la fiche est juste</source>
        <translation>the account is right</translation>
    </message>
</context>
<context>
    <name>PreparationTab</name>
    <message>
        <source>Qui</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>Personne n’est encore noté.</source>
        <translation>Nobody is noted yet.</translation>
    </message>
    <message numerus="yes">
        <source>Il manque %n renseignement(s)</source>
        <translation>
            <numerusform>%n piece of information is missing</numerusform>
            <numerusform>%n pieces of information are missing</numerusform>
        </translation>
    </message>
    <message>
        <source>Saisir</source>
        <translation>Fill in</translation>
    </message>
    <message>
        <source>{given} réponses clés sur {all}</source>
        <translation>{given} key answers of {all}</translation>
    </message>
    <message>
        <source>Découverte</source>
        <translation>Discovery</translation>
    </message>
    <message>
        <source>Rien n’est encore noté de son métier.</source>
        <translation>Nothing is noted of their trade yet.</translation>
    </message>
    <message>
        <source>«&#xa0;{words}&#xa0;»</source>
        <translation>“{words}”</translation>
    </message>
    <message>
        <source>Plan de parution</source>
        <translation>Publication plan</translation>
    </message>
    <message>
        <source>Rien n’a encore paru.</source>
        <translation>Nothing has been published yet.</translation>
    </message>
    <message>
        <source>Derniers bons de commande</source>
        <translation>Latest order forms</translation>
    </message>
    <message>
        <source>Aucune commande.</source>
        <translation>No orders.</translation>
    </message>
    <message>
        <source>Opportunités</source>
        <translation>Opportunities</translation>
    </message>
    <message>
        <source>{done} sur {all}</source>
        <translation>{done} of {all}</translation>
    </message>
    <message>
        <source>Avant de partir</source>
        <translation>Before leaving</translation>
    </message>
    <message>
        <source>Rien de particulier à préparer.</source>
        <translation>Nothing in particular to prepare.</translation>
    </message>
    <message>
        <source>Ce qui s’est passé</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>Rien encore.</source>
        <translation>Nothing yet.</translation>
    </message>
</context>
<context>
    <name>PreviewCard</name>
    <message>
        <source>Préparer</source>
        <translation>Prepare</translation>
    </message>
    <message>
        <source>Appeler</source>
        <translation>Call</translation>
    </message>
    <message>
        <source>Écrire un e-mail</source>
        <translation>Write an e-mail</translation>
    </message>
    <message>
        <source>Voir sur la carte</source>
        <translation>See on the map</translation>
    </message>
    <message>
        <source>Reste à faire</source>
        <translation>Left to do</translation>
    </message>
</context>
<context>
    <name>PreviewModel</name>
    <message>
        <source>Édition {year} en jeu</source>
        <translation>Edition {year} at stake</translation>
    </message>
    <message>
        <source>Édition {year} en cours</source>
        <translation>Edition {year} running</translation>
    </message>
    <message>
        <source>{amount} en {year} · {change}</source>
        <translation>{amount} in {year} · {change}</translation>
    </message>
    <message>
        <source>Compléter&#xa0;: {what}</source>
        <translation>Complete: {what}</translation>
    </message>
</context>
<context>
    <name>ProductCard</name>
    <message>
        <source>Emplacements</source>
        <translation>Places</translation>
    </message>
    <message>
        <source>Édition {year}, la pièce</source>
        <translation>Edition {year}, each</translation>
    </message>
    <message>
        <source>HT · {vat}</source>
        <translation>excl. VAT · {vat}</translation>
    </message>
</context>
<context>
    <name>ProductSearch</name>
    <message>
        <source>Produits trouvés</source>
        <translation>Products found</translation>
    </message>
    <message>
        <source>prix {edition}, HT</source>
        <translation>price {edition}, excl. VAT</translation>
    </message>
    <message>
        <source>Rien pour «&#xa0;{text}&#xa0;». Essayez une rubrique ou une gamme.</source>
        <translation>Nothing for “{text}”. Try a heading or a range.</translation>
    </message>
    <message>
        <source>favori</source>
        <translation>favourite</translation>
    </message>
    <message>
        <source>récent</source>
        <translation>recent</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>Arrêter</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Arrêt…</source>
        <translation>Stopping…</translation>
    </message>
</context>
<context>
    <name>ProposalActions</name>
    <message>
        <source>Emplacement…</source>
        <translation>Place…</translation>
    </message>
    <message>
        <source>Reprendre la ligne</source>
        <translation>Take the line back</translation>
    </message>
    <message>
        <source>Quantité et remise…</source>
        <translation>Quantity and discount…</translation>
    </message>
    <message>
        <source>Remplacer le produit…</source>
        <translation>Replace the product…</translation>
    </message>
    <message>
        <source>Retirer la ligne</source>
        <translation>Remove the line</translation>
    </message>
    <message>
        <source>Annuler la ligne…</source>
        <translation>Cancel the line…</translation>
    </message>
    <message>
        <source>Modifier la commande en cours (MO)</source>
        <translation>Amend the running order</translation>
    </message>
    <message>
        <source>Revenir à la reconduction</source>
        <translation>Back to the renewal</translation>
    </message>
    <message>
        <source>Coordonnées changées…</source>
        <translation>Details changed…</translation>
    </message>
    <message>
        <source>Ajouter un produit à {number}…</source>
        <translation>Add a product to {number}…</translation>
    </message>
    <message>
        <source>Abandonner {number} {range}…</source>
        <translation>Drop {number} {range}…</translation>
    </message>
    <message>
        <source>Remplacer par&#xa0;: produit de {range}…</source>
        <translation>Replace by: a product of {range}…</translation>
    </message>
    <message>
        <source>Ajouter un produit&#xa0;: nom, rubrique, favori…</source>
        <translation>Add a product: name, heading, favourite…</translation>
    </message>
    <message>
        <source>Chute totale notée, les propositions sont closes.</source>
        <translation>Total loss recorded, the proposals are closed.</translation>
    </message>
    <message>
        <source>{number} {range} est abandonnée.</source>
        <translation>{number} {range} is dropped.</translation>
    </message>
    <message>
        <source>«&#xa0;{product}&#xa0;» est annulé.</source>
        <translation>“{product}” is cancelled.</translation>
    </message>
    <message>
        <source>{numbers} est rangée. Total inchangé&#xa0;: {total} HT.</source>
        <translation>{numbers} is put in place. Total unchanged: {total} excl. VAT.</translation>
    </message>
    <message>
        <source>{numbers} sont rangées. Total inchangé&#xa0;: {total} HT.</source>
        <translation>{numbers} are put in place. Total unchanged: {total} excl. VAT.</translation>
    </message>
</context>
<context>
    <name>ProposalModel</name>
    <message>
        <source>Chargement de la proposition</source>
        <translation>Loading the proposal</translation>
    </message>
    <message>
        <source>proposition</source>
        <translation>proposal</translation>
    </message>
</context>
<context>
    <name>ProposalPage</name>
    <message>
        <source>Ajouter un produit&#xa0;: nom, rubrique, favori…</source>
        <translation>Add a product: name, heading, favourite…</translation>
    </message>
    <message>
        <source>Ctrl L</source>
        <translation>Ctrl L</translation>
    </message>
    <message>
        <source>Pas encore de proposition</source>
        <translation>No proposal yet</translation>
    </message>
    <message>
        <source>La reconduction se prépare en un geste.</source>
        <translation>The renewal is prepared in one move.</translation>
    </message>
    <message>
        <source>Préparer la reconduction</source>
        <translation>Prepare the renewal</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Ctrl+L</translation>
    </message>
    <message>
        <source>Propositions</source>
        <translation>Proposals</translation>
    </message>
    <message>
        <source>Proposition, édition {edition}</source>
        <translation>Proposal, edition {edition}</translation>
    </message>
    <message>
        <source>{subtitle} · {status}</source>
        <translation>{subtitle} · {status}</translation>
    </message>
    <message>
        <source>Présenter au client</source>
        <translation>Present to the customer</translation>
    </message>
    <message>
        <source>Comparer les simulations</source>
        <translation>Compare the simulations</translation>
    </message>
    <message>
        <source>Dupliquer en simulation</source>
        <translation>Duplicate as a simulation</translation>
    </message>
    <message>
        <source>Ajouter un produit</source>
        <translation>Add a product</translation>
    </message>
    <message>
        <source>Renommer la proposition</source>
        <translation>Rename the proposal</translation>
    </message>
    <message>
        <source>Noter la chute totale du compte</source>
        <translation>Record the account’s total loss</translation>
    </message>
</context>
<context>
    <name>ProposalPanel</name>
    <message>
        <source>Revenir en brouillon</source>
        <translation>Back to draft</translation>
    </message>
    <message>
        <source>Le bon {number}, signé, n’a pas été retenu. Gardé comme preuve&#xa0;; un autre est à signer.</source>
        <translation>Form {number} was signed, but not taken. It is kept as proof; another one is to be signed.</translation>
    </message>
    <message>
        <source>Valider les prix</source>
        <translation>Validate the prices</translation>
    </message>
    <message>
        <source>Commander</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>Signer</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>Voir le bon signé</source>
        <translation>See the signed form</translation>
    </message>
    <message>
        <source>possible dès qu’un produit est ajouté</source>
        <translation>possible once a product is added</translation>
    </message>
    <message>
        <source>possible dès que {points}</source>
        <translation>possible once {points}</translation>
    </message>
    <message>
        <source>Les prix ne bougeront plus.</source>
        <translation>The prices will not move any more.</translation>
    </message>
</context>
<context>
    <name>ProposalRows</name>
    <message>
        <source>Produit</source>
        <translation>Product</translation>
    </message>
    <message>
        <source>Qté</source>
        <translation>Qty</translation>
    </message>
    <message>
        <source>Remise</source>
        <translation>Discount</translation>
    </message>
    <message>
        <source>HT {edition}</source>
        <translation>excl. VAT {edition}</translation>
    </message>
</context>
<context>
    <name>ProposalTabs</name>
    <message>
        <source>Dupliquer en simulation</source>
        <translation>Duplicate as a simulation</translation>
    </message>
    <message>
        <source>Annuler</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Rétablir</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>Comparer</source>
        <translation>Compare</translation>
    </message>
    <message>
        <source>Présenter</source>
        <translation>Present</translation>
    </message>
    <message>
        <source>Un nom qui parle au client</source>
        <translation>A name that speaks to the customer</translation>
    </message>
    <message>
        <source>Nom de la proposition</source>
        <translation>Name of the proposal</translation>
    </message>
</context>
<context>
    <name>ProposalTree</name>
    <message>
        <source>Sous-commandes et lignes</source>
        <translation>Sub-orders and lines</translation>
    </message>
    <message>
        <source>Ce qu’on peut faire de cette ligne</source>
        <translation>What can be done with this line</translation>
    </message>
</context>
<context>
    <name>ProposalWords</name>
    <message>
        <source>ajouté</source>
        <translation>added</translation>
    </message>
    <message>
        <source>annulé</source>
        <translation>cancelled</translation>
    </message>
    <message>
        <source>modifié</source>
        <translation>modified</translation>
    </message>
    <message>
        <source>changé</source>
        <translation>changed</translation>
    </message>
    <message>
        <source>inchangé</source>
        <translation>unchanged</translation>
    </message>
    <message>
        <source>reconduit</source>
        <translation>renewed</translation>
    </message>
    <message>
        <source>au lieu de {product}</source>
        <translation>instead of {product}</translation>
    </message>
    <message>
        <source>au lieu de {amount}</source>
        <translation>instead of {amount}</translation>
    </message>
    <message>
        <source>{amount} en {year}</source>
        <translation>{amount} in {year}</translation>
    </message>
    <message>
        <source>MO {number}-{amendment}</source>
        <translation>Amendment {number}-{amendment}</translation>
    </message>
    <message>
        <source>coordonnées seulement</source>
        <translation>details only</translation>
    </message>
    <message>
        <source>coordonnées changées</source>
        <translation>details changed</translation>
    </message>
    <message>
        <source>abandonnée</source>
        <translation>dropped</translation>
    </message>
    <message>
        <source>négative</source>
        <translation>negative</translation>
    </message>
    <message>
        <source>rien ne change</source>
        <translation>nothing changes</translation>
    </message>
    <message>
        <source>sans plan</source>
        <translation>no plan</translation>
    </message>
    <message>
        <source>à la main</source>
        <translation>by hand</translation>
    </message>
    <message>
        <source>comptant</source>
        <translation>at once</translation>
    </message>
    <message>
        <source>en {count} fois</source>
        <translation>in {count} payments</translation>
    </message>
    <message>
        <source>{count} échéances</source>
        <translation>{count} instalments</translation>
    </message>
    <message>
        <source>{others} et {last}</source>
        <translation>{others} and {last}</translation>
    </message>
</context>
<context>
    <name>ProposalsModel</name>
    <message>
        <source>Par défaut</source>
        <translation>Default</translation>
    </message>
    <message>
        <source>Simulation</source>
        <translation>Simulation</translation>
    </message>
    <message>
        <source>{name} · {kind} · édition {year}</source>
        <translation>{name} · {kind} · edition {year}</translation>
    </message>
    <message>
        <source>{gross} TTC</source>
        <translation>{gross} incl. VAT</translation>
    </message>
</context>
<context>
    <name>ProposalsPage</name>
    <message>
        <source>HT</source>
        <translation>excl. VAT</translation>
    </message>
    <message>
        <source>Pas encore de proposition.</source>
        <translation>No proposal yet.</translation>
    </message>
    <message>
        <source>La reconduction d’un compte se prépare en un geste.</source>
        <translation>An account’s renewal is prepared in one move.</translation>
    </message>
    <message>
        <source>Choisir un compte</source>
        <translation>Choose an account</translation>
    </message>
    <message>
        <source>Propositions</source>
        <translation>Proposals</translation>
    </message>
    <message>
        <source>En cours</source>
        <translation>Under way</translation>
    </message>
    <message>
        <source>À confirmer</source>
        <translation>To confirm</translation>
    </message>
    <message>
        <source>Signées</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>Toutes</source>
        <translation>All</translation>
    </message>
    <message numerus="yes">
        <source>%n proposition(s)</source>
        <translation>
            <numerusform>%n proposal</numerusform>
            <numerusform>%n proposals</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Où aller</source>
        <translation>Where to go</translation>
    </message>
</context>
<context>
    <name>RailItem</name>
    <message numerus="yes">
        <source>%n à voir</source>
        <translation>
            <numerusform>%n to look at</numerusform>
            <numerusform>%n to look at</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RequestsPage</name>
    <message>
        <source>Rien au service client.</source>
        <translation>Nothing at customer service.</translation>
    </message>
    <message>
        <source>Ce qu’une dissociation lui confie, et ce que la production rejette, se lira ici.</source>
        <translation>What a split entrusts to it, and what production rejects, will stand here.</translation>
    </message>
    <message>
        <source>Demandes</source>
        <translation>Requests</translation>
    </message>
    <message>
        <source>À suivre</source>
        <translation>To follow</translation>
    </message>
    <message>
        <source>Rejets</source>
        <translation>Rejections</translation>
    </message>
    <message>
        <source>Toutes</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message numerus="yes">
        <source>%n demande(s)</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RoadModel</name>
    <message>
        <source>{rows} fiches sur {total}</source>
        <translation>{rows} records of {total}</translation>
    </message>
    <message>
        <source>{rows} fiches</source>
        <translation>{rows} records</translation>
    </message>
    <message>
        <source>Première lecture, en pause</source>
        <translation>First reading, paused</translation>
    </message>
    <message>
        <source>Première lecture</source>
        <translation>First reading</translation>
    </message>
    <message>
        <source>Le centre voudrait effacer ici {count} fiches sur {total}, dans {scope}.</source>
        <translation>The centre would delete {count} of {total} records here, in {scope}.</translation>
    </message>
    <message>
        <source>Rien n’est effacé sans votre accord. En cas de doute, gardez tout et appelez le support.</source>
        <translation>Nothing is deleted without your agreement. If in doubt, keep everything and call support.</translation>
    </message>
    <message>
        <source>Votre travail est gardé ici.</source>
        <translation>Your work is kept here.</translation>
    </message>
    <message>
        <source>Cette version de Tournée est trop ancienne pour lire le centre.</source>
        <translation>This version of Tournée is too old to read from the centre.</translation>
    </message>
    <message>
        <source>Ce que vous faites part quand même. Mettez l’application à jour pour recevoir le reste.</source>
        <translation>What you do goes up all the same. Update the app to receive the rest.</translation>
    </message>
    <message>
        <source>L’horloge de cet appareil avance de {time}.</source>
        <translation>This device’s clock is {time} ahead.</translation>
    </message>
    <message>
        <source>L’horloge de cet appareil retarde de {time}.</source>
        <translation>This device’s clock is {time} behind.</translation>
    </message>
    <message>
        <source>Rien n’en dépend, mais les heures affichées sont fausses&#xa0;: réglez-la.</source>
        <translation>Nothing depends on it, but the times shown are wrong: set it.</translation>
    </message>
    <message>
        <source>le catalogue</source>
        <translation>the catalogue</translation>
    </message>
    <message>
        <source>votre équipe</source>
        <translation>your team</translation>
    </message>
    <message>
        <source>un compte chargé</source>
        <translation>a loaded account</translation>
    </message>
    <message>
        <source>votre portefeuille</source>
        <translation>your portfolio</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n heure(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n jour(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SavedViews</name>
    <message>
        <source>À renouveler avant le {day}</source>
        <translation>To renew by {day}</translation>
    </message>
    <message>
        <source>Mes rejets</source>
        <translation>My rejections</translation>
    </message>
    <message>
        <source>Sans e-mail</source>
        <translation>No e-mail</translation>
    </message>
    <message>
        <source>Chargés</source>
        <translation>Loaded</translation>
    </message>
    <message>
        <source>Tout</source>
        <translation>All</translation>
    </message>
</context>
<context>
    <name>Scene</name>
    <message>
        <source>{account}, {year}</source>
        <translation>{account}, {year}</translation>
    </message>
</context>
<context>
    <name>SealedPane</name>
    <message>
        <source>Fermer</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>C’est signé, {name}</source>
        <translation>Signed, {name}</translation>
    </message>
    <message>
        <source>signé et confirmé</source>
        <translation>signed and confirmed</translation>
    </message>
    <message>
        <source>signé, à confirmer</source>
        <translation>signed, to be confirmed</translation>
    </message>
    <message>
        <source>Vérification du sceau…</source>
        <translation>Checking the seal…</translation>
    </message>
    <message>
        <source>Vérifié à l’instant, au dernier octet. Cette copie reste ici et plus rien ne la change.</source>
        <translation>Checked just now, to the last byte. This copy stays here and nothing changes it any more.</translation>
    </message>
    <message>
        <source>Le sceau tient.</source>
        <translation>The seal holds.</translation>
    </message>
    <message>
        <source>Ne la remettez à personne et prévenez le service client.</source>
        <translation>Give it to nobody and tell customer service.</translation>
    </message>
    <message>
        <source>Un code par SMS au {mobile} confirmera la commande.</source>
        <translation>A code by SMS to {mobile} will confirm the order.</translation>
    </message>
    <message>
        <source>Il reste le code.</source>
        <translation>The code is left.</translation>
    </message>
    <message>
        <source>Elle ne part pas avant.</source>
        <translation>It does not leave before.</translation>
    </message>
    <message>
        <source>Bon {number}, scellé le {day} à {time}. Empreinte {digest}.</source>
        <translation>Form {number}, sealed on {day} at {time}. Fingerprint {digest}.</translation>
    </message>
</context>
<context>
    <name>SearchButton</name>
    <message>
        <source>Chercher, commander…</source>
        <translation>Search, command…</translation>
    </message>
    <message>
        <source>Chercher ou commander (Ctrl+K)</source>
        <translation>Search or command (Ctrl+K)</translation>
    </message>
    <message>
        <source>Ctrl K</source>
        <translation>Ctrl K</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Effacer la recherche</source>
        <translation>Clear the search</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Annulé&#xa0;: {action}</source>
        <translation>Undone: {action}</translation>
    </message>
    <message>
        <source>Rétabli&#xa0;: {action}</source>
        <translation>Done again: {action}</translation>
    </message>
    <message>
        <source>Cette action n’a pas abouti.</source>
        <translation>This action did not succeed.</translation>
    </message>
    <message>
        <source>Rien n’est perdu&#xa0;: tout ce qui était gardé l’est encore.</source>
        <translation>Nothing is lost: all that was kept still is.</translation>
    </message>
</context>
<context>
    <name>SettingsMenu</name>
    <message>
        <source>Travailler hors ligne</source>
        <translation>Work offline</translation>
    </message>
    <message>
        <source>Échanger maintenant</source>
        <translation>Exchange now</translation>
    </message>
    <message>
        <source>Quitter</source>
        <translation>Quit</translation>
    </message>
    <message>
        <source>Clair</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>Sombre</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>Fort contraste</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>Comme le système</source>
        <translation>As the system</translation>
    </message>
</context>
<context>
    <name>SignPane</name>
    <message>
        <source>J’accepte ce bon de commande tel qu’il est affiché.</source>
        <translation>I accept this order form as it is shown.</translation>
    </message>
    <message>
        <source>Signer</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>signé, à confirmer</source>
        <translation>signed, to be confirmed</translation>
    </message>
    <message>
        <source>s’affichera tant que le code n’est pas saisi</source>
        <translation>will show until the code is entered</translation>
    </message>
    <message>
        <source>Lisez d’abord, {name}</source>
        <translation>Read first, {name}</translation>
    </message>
    <message>
        <source>Signez ici, {name}</source>
        <translation>Sign here, {name}</translation>
    </message>
    <message>
        <source>Scellement…</source>
        <translation>Sealing…</translation>
    </message>
    <message>
        <source>possible dès que la dernière ligne est lue</source>
        <translation>possible once the last line is read</translation>
    </message>
    <message>
        <source>possible dès que vous avez signé dans le cadre</source>
        <translation>possible once you have signed in the frame</translation>
    </message>
    <message>
        <source>possible dès que la case est cochée</source>
        <translation>possible once the box is ticked</translation>
    </message>
    <message>
        <source>Vous signez maintenant, vous confirmez ensuite.</source>
        <translation>You sign now, you confirm later.</translation>
    </message>
    <message>
        <source>Le code de confirmation arrivera par SMS au {mobile}, un peu plus tard.</source>
        <translation>The confirmation code will come by SMS to {mobile}, a little later.</translation>
    </message>
    <message>
        <source>Pas de réseau ici, et ce n’est pas gênant.</source>
        <translation>No network here, and that is no trouble.</translation>
    </message>
    <message>
        <source>Vous signez maintenant. Dès que le réseau revient, un code arrive par SMS au {mobile}.</source>
        <translation>You sign now. As soon as the network is back, a code comes by SMS to {mobile}.</translation>
    </message>
    <message>
        <source>Votre commande ne part qu’après ce code.</source>
        <translation>Your order leaves only after this code.</translation>
    </message>
</context>
<context>
    <name>SigningModel</name>
    <message>
        <source>Chargement du bon</source>
        <translation>Loading the form</translation>
    </message>
</context>
<context>
    <name>SigningPage</name>
    <message>
        <source>Reprendre la main, avec le code</source>
        <translation>Take over again, with the code</translation>
    </message>
    <message>
        <source>Bon de commande</source>
        <translation>Order form</translation>
    </message>
    <message>
        <source>Ce bon ne se lit pas.</source>
        <translation>This form cannot be read.</translation>
    </message>
    <message>
        <source>Bon signé</source>
        <translation>Signed form</translation>
    </message>
    <message>
        <source>page {page} sur {pages}</source>
        <translation>page {page} of {pages}</translation>
    </message>
</context>
<context>
    <name>SplitDialog</name>
    <message>
        <source>Partira avec le réseau, rien à signer.</source>
        <translation>It leaves with the network, nothing to sign.</translation>
    </message>
    <message>
        <source>Dissocier «&#xa0;{proposal}&#xa0;»</source>
        <translation>Split “{proposal}”</translation>
    </message>
    <message>
        <source>Ne rien changer</source>
        <translation>Change nothing</translation>
    </message>
    <message>
        <source>Dissocier</source>
        <translation>Split</translation>
    </message>
    <message>
        <source>Maintenant · 1 proposition</source>
        <translation>Now · 1 proposal</translation>
    </message>
    <message>
        <source>Total HT</source>
        <translation>Total excl. VAT</translation>
    </message>
    <message>
        <source>TTC</source>
        <translation>incl. VAT</translation>
    </message>
    <message>
        <source>Choisir une raison</source>
        <translation>Choose a reason</translation>
    </message>
    <message>
        <source>Pourquoi, selon le client</source>
        <translation>Why, in the customer’s words</translation>
    </message>
    <message>
        <source>Reste&#xa0;: «&#xa0;{proposal}&#xa0;»</source>
        <translation>Stays: “{proposal}”</translation>
    </message>
    <message>
        <source>Nouvelle proposition «&#xa0;{proposal}&#xa0;»</source>
        <translation>New proposal “{proposal}”</translation>
    </message>
    <message>
        <source>Demande au service client</source>
        <translation>Request to customer service</translation>
    </message>
    <message>
        <source>Chute de gamme</source>
        <translation>Range loss</translation>
    </message>
    <message>
        <source>Sans plan de règlement · se signe à part</source>
        <translation>No payment plan · signed apart</translation>
    </message>
    <message>
        <source>{amount} HT par édition en moins, le bon n’en garde aucune trace.</source>
        <translation>{amount} excl. VAT less per edition, the form bears no trace of it.</translation>
    </message>
    <message>
        <source>Règlement recalculé&#xa0;: {plan}</source>
        <translation>Payment plan recomputed: {plan}</translation>
    </message>
    <message>
        <source>Peut être validée tout de suite</source>
        <translation>Can be validated at once</translation>
    </message>
    <message>
        <source>Restera à régler&#xa0;: {points}</source>
        <translation>Still to settle: {points}</translation>
    </message>
    <message>
        <source>Rien de perdu&#xa0;: chaque sous-commande va où elle peut être traitée.</source>
        <translation>Nothing lost: each sub-order goes where it can be handled.</translation>
    </message>
    <message>
        <source>Deux endroits</source>
        <translation>Two places</translation>
    </message>
    <message>
        <source>Trois endroits</source>
        <translation>Three places</translation>
    </message>
    <message>
        <source>Quatre endroits</source>
        <translation>Four places</translation>
    </message>
    <message>
        <source>{places}, rien de perdu&#xa0;: chaque sous-commande va où elle peut être traitée.</source>
        <translation>{places}, nothing lost: each sub-order goes where it can be handled.</translation>
    </message>
    <message>
        <source>L’ensemble fait toujours </source>
        <translation>All of it still comes to </translation>
    </message>
    <message>
        <source>Les deux ensemble font toujours </source>
        <translation>The two together still come to </translation>
    </message>
    <message>
        <source>Les trois ensemble font toujours </source>
        <translation>The three together still come to </translation>
    </message>
    <message>
        <source>Les quatre ensemble font toujours </source>
        <translation>The four together still come to </translation>
    </message>
    <message>
        <source>{amount} HT</source>
        <translation>{amount} excl. VAT</translation>
    </message>
    <message>
        <source>, au centime.</source>
        <translation>, to the cent.</translation>
    </message>
    <message>
        <source>Vous pourrez tout remettre comme avant&#xa0;: Annuler, ou Ctrl Z.</source>
        <translation>You can put everything back as it was: Undo, or Ctrl Z.</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Revenir</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Et pour {year}</source>
        <translation>And for {year}</translation>
    </message>
    <message>
        <source>Ce qui change</source>
        <translation>What changes</translation>
    </message>
    <message>
        <source>Voir le détail</source>
        <translation>See the detail</translation>
    </message>
    <message>
        <source>Le règlement</source>
        <translation>The payment</translation>
    </message>
    <message>
        <source>Revoir depuis le début</source>
        <translation>See again from the start</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>Un nombre entier</source>
        <translation>A whole number</translation>
    </message>
    <message>
        <source>Pas moins de %1</source>
        <translation>Not less than %1</translation>
    </message>
    <message>
        <source>Pas plus de %1</source>
        <translation>Not more than %1</translation>
    </message>
    <message>
        <source>Quantité</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>Un de moins</source>
        <translation>One less</translation>
    </message>
    <message>
        <source>Un de plus</source>
        <translation>One more</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Lire</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>Signer</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>Code SMS, plus tard</source>
        <translation>SMS code, later</translation>
    </message>
    <message>
        <source>Étape {number} sur 3&#xa0;: {step}</source>
        <translation>Step {number} of 3: {step}</translation>
    </message>
</context>
<context>
    <name>StrokePad</name>
    <message>
        <source>Signature</source>
        <translation>Signature</translation>
    </message>
    <message>
        <source>Effacer</source>
        <translation>Clear</translation>
    </message>
    <message numerus="yes">
        <source>%n trait(s)</source>
        <translation>
            <numerusform>%n stroke</numerusform>
            <numerusform>%n strokes</numerusform>
        </translation>
    </message>
    <message>
        <source>Rien d’écrit</source>
        <translation>Nothing written</translation>
    </message>
</context>
<context>
    <name>SyncChip</name>
    <message>
        <source>Synchronisation&#xa0;: {state}</source>
        <translation>Sync: {state}</translation>
    </message>
    <message>
        <source>À vous de voir · {count}</source>
        <translation>Needs you · {count}</translation>
    </message>
    <message numerus="yes">
        <source>Hors ligne · %n gardée(s)</source>
        <translation>
            <numerusform>Offline · %n kept</numerusform>
            <numerusform>Offline · %n kept</numerusform>
        </translation>
    </message>
    <message>
        <source>Hors ligne</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Lecture en pause · {share}&#xa0;%</source>
        <translation>Reading paused · {share}%</translation>
    </message>
    <message>
        <source>Première lecture · {share}&#xa0;%</source>
        <translation>First reading · {share}%</translation>
    </message>
    <message numerus="yes">
        <source>%n en attente</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message>
        <source>À jour</source>
        <translation>Up to date</translation>
    </message>
</context>
<context>
    <name>SyncModel</name>
    <message>
        <source>Mis hors ligne</source>
        <translation>Taken offline</translation>
    </message>
    <message>
        <source>En ligne</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Hors ligne</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>{state} · dernier échange à {hour}</source>
        <translation>{state} · last exchange at {hour}</translation>
    </message>
    <message>
        <source>{state} · dernier échange le {day} à {hour}</source>
        <translation>{state} · last exchange on {day} at {hour}</translation>
    </message>
    <message>
        <source>Emplacement demandé. Le centre répond au prochain échange.</source>
        <translation>Place asked for. The centre answers at the next exchange.</translation>
    </message>
    <message>
        <source>Ligne de {product} retirée.</source>
        <translation>Line of {product} removed.</translation>
    </message>
    <message>
        <source>Choix gardé. Il part au centre avec le prochain échange.</source>
        <translation>Choice kept. It goes to the centre with the next exchange.</translation>
    </message>
    <message>
        <source>Rangé.</source>
        <translation>Put away.</translation>
    </message>
    <message>
        <source>Rejetée par la production · {hour}</source>
        <translation>Rejected by production · {hour}</translation>
    </message>
    <message>
        <source>Deux valeurs différentes, à vous de choisir</source>
        <translation>Two different values, yours to choose</translation>
    </message>
    <message>
        <source>Refusé par le centre, à vous de voir</source>
        <translation>Refused by the centre, yours to look at</translation>
    </message>
    <message>
        <source>Signée, confirmée</source>
        <translation>Signed, confirmed</translation>
    </message>
    <message>
        <source>Signée, à confirmer</source>
        <translation>Signed, to be confirmed</translation>
    </message>
    <message>
        <source>{state} · {hour}</source>
        <translation>{state} · {hour}</translation>
    </message>
    <message>
        <source>Le centre répond au prochain échange · {hour}</source>
        <translation>The centre answers at the next exchange · {hour}</translation>
    </message>
    <message>
        <source>Le compte a quitté votre portefeuille&#xa0;: envoyé quand même · {hour}</source>
        <translation>The account left your portfolio: sent all the same · {hour}</translation>
    </message>
    <message>
        <source>Gardé ici depuis {hour}</source>
        <translation>Kept here since {hour}</translation>
    </message>
    <message>
        <source>Arrivé au centre · {hour}</source>
        <translation>Arrived at the centre · {hour}</translation>
    </message>
    <message>
        <source>Refusé par le centre</source>
        <translation>Refused by the centre</translation>
    </message>
    <message>
        <source>À savoir</source>
        <translation>Good to know</translation>
    </message>
    <message>
        <source>Bon signé, à refaire signer</source>
        <translation>Signed form, to be signed again</translation>
    </message>
    <message>
        <source>Votre action&#xa0;: {action}.</source>
        <translation>Your action: {action}.</translation>
    </message>
    <message>
        <source>{what}, modifié ici et au centre</source>
        <translation>{what}, changed here and at the centre</translation>
    </message>
    <message>
        <source>L’autre valeur reste dans l’historique.</source>
        <translation>The other value stays in the history.</translation>
    </message>
    <message numerus="yes">
        <source>&#xa0;; et %n autre(s)</source>
        <translation>
            <numerusform>; and %n other</numerusform>
            <numerusform>; and %n others</numerusform>
        </translation>
    </message>
    <message>
        <source>En dépend&#xa0;: {actions}.</source>
        <translation>Built on it: {actions}.</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Centre</translation>
    </message>
    <message>
        <source>Le centre dit&#xa0;: {code}.</source>
        <translation>The centre says: {code}.</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Ici</source>
        <translation>Here</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Centre</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Production</translation>
    </message>
    <message>
        <source>En chemin</source>
        <translation>On its way</translation>
    </message>
    <message>
        <source>Rien n’attend. Tout est arrivé au centre.</source>
        <translation>Nothing waits. Everything has arrived at the centre.</translation>
    </message>
    <message>
        <source>Arrivé</source>
        <translation>Arrived</translation>
    </message>
    <message>
        <source>À vous de voir</source>
        <translation>Needs you</translation>
    </message>
    <message>
        <source>Rien ne vous attend.</source>
        <translation>Nothing needs you.</translation>
    </message>
    <message>
        <source>Refus et doubles saisies se liront ici.</source>
        <translation>Refusals and double edits will stand here.</translation>
    </message>
    <message>
        <source>Synchro</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>Vous pouvez fermer&#xa0;: tout est gardé.</source>
        <translation>You may close: all is kept.</translation>
    </message>
    <message>
        <source>Détail technique</source>
        <translation>Technical detail</translation>
    </message>
    <message>
        <source>Échanger maintenant</source>
        <translation>Exchange now</translation>
    </message>
    <message numerus="yes">
        <source>Montrer aussi les %n suivante(s)</source>
        <translation>
            <numerusform>Show the next one too</numerusform>
            <numerusform>Show the next %n too</numerusform>
        </translation>
    </message>
    <message>
        <source>Reprendre le réseau</source>
        <translation>Go back online</translation>
    </message>
    <message>
        <source>Pour le support&#xa0;: rien de secret.</source>
        <translation>For support: nothing secret.</translation>
    </message>
    <message>
        <source>Copier</source>
        <translation>Copy</translation>
    </message>
</context>
<context>
    <name>SyncSteps</name>
    <message>
        <source>fait</source>
        <translation>done</translation>
    </message>
    <message>
        <source>en cours</source>
        <translation>under way</translation>
    </message>
    <message>
        <source>refusé</source>
        <translation>refused</translation>
    </message>
    <message>
        <source>plus tard</source>
        <translation>later</translation>
    </message>
    <message>
        <source>pas concerné</source>
        <translation>not concerned</translation>
    </message>
    <message>
        <source>&#xa0;: </source>
        <translation>: </translation>
    </message>
</context>
<context>
    <name>TaskDialog</name>
    <message>
        <source>Nouvelle tâche</source>
        <translation>New task</translation>
    </message>
    <message>
        <source>Quoi</source>
        <translation>What</translation>
    </message>
    <message>
        <source>Une phrase&#xa0;: rappeler, envoyer, vérifier…</source>
        <translation>One sentence: call back, send, check…</translation>
    </message>
    <message>
        <source>Pour le</source>
        <translation>Due on</translation>
    </message>
    <message>
        <source>jj/mm/aaaa</source>
        <translation>dd/mm/yyyy</translation>
    </message>
</context>
<context>
    <name>TeamDialog</name>
    <message>
        <source>Le compte d’un collègue se charge pour la visite et repart ensuite. Il faut le réseau.</source>
        <translation>A colleague’s account is loaded for the visit and goes again afterwards. This needs the network.</translation>
    </message>
    <message>
        <source>Chercher un compte de l’équipe</source>
        <translation>Search the team’s accounts</translation>
    </message>
    <message>
        <source>Nom, ville, numéro</source>
        <translation>Name, city, number</translation>
    </message>
    <message>
        <source>Comptes de l’équipe</source>
        <translation>The team’s accounts</translation>
    </message>
    <message>
        <source>Charger</source>
        <translation>Load</translation>
    </message>
    <message>
        <source>Tapez deux lettres au moins.</source>
        <translation>Type at least two letters.</translation>
    </message>
    <message>
        <source>Le centre n’est pas joignable&#xa0;: cette recherche demande le réseau.</source>
        <translation>The centre cannot be reached: this search needs the network.</translation>
    </message>
    <message>
        <source>Aucun compte de l’équipe ne correspond.</source>
        <translation>No account of the team matches.</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Chronologie</source>
        <translation>Timeline</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Annuler</source>
        <translation>Undo</translation>
    </message>
</context>
<context>
    <name>TodayModel</name>
    <message numerus="yes">
        <source>%n visite(s)</source>
        <translation>
            <numerusform>%n visit</numerusform>
            <numerusform>%n visits</numerusform>
        </translation>
    </message>
    <message>
        <source>aucune visite</source>
        <translation>no visits</translation>
    </message>
    <message numerus="yes">
        <source>et %n autre(s)</source>
        <translation>
            <numerusform>and %n other</numerusform>
            <numerusform>and %n others</numerusform>
        </translation>
    </message>
    <message>
        <source>Tâche faite.</source>
        <translation>Task done.</translation>
    </message>
    <message>
        <source>Faite</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Rejet à compléter</source>
        <translation>Rejection to complete</translation>
    </message>
    <message numerus="yes">
        <source>%n proposition(s)</source>
        <translation>
            <numerusform>%n proposal</numerusform>
            <numerusform>%n proposals</numerusform>
        </translation>
    </message>
    <message>
        <source>ensuite</source>
        <translation>then</translation>
    </message>
    <message>
        <source>sur place, à {city}</source>
        <translation>on the spot, in {city}</translation>
    </message>
    <message>
        <source>{start} → {end}</source>
        <translation>{start} → {end}</translation>
    </message>
    <message numerus="yes">
        <source>En retard de %n jour(s)</source>
        <translation>
            <numerusform>%n day late</numerusform>
            <numerusform>%n days late</numerusform>
        </translation>
    </message>
    <message>
        <source>Aujourd’hui</source>
        <translation>Today</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>Visites du jour</source>
        <translation>Today’s visits</translation>
    </message>
    <message numerus="yes">
        <source>%n compte(s) sont à renouveler dans les deux mois.</source>
        <translation>
            <numerusform>%n account is to be renewed within two months.</numerusform>
            <numerusform>%n accounts are to be renewed within two months.</numerusform>
        </translation>
    </message>
    <message>
        <source>Aucune visite aujourd’hui.</source>
        <translation>No visits today.</translation>
    </message>
    <message>
        <source>Choisir un compte</source>
        <translation>Choose an account</translation>
    </message>
    <message>
        <source>Rejet de production</source>
        <translation>Production rejection</translation>
    </message>
    <message>
        <source>Rejets de production</source>
        <translation>Production rejections</translation>
    </message>
    <message>
        <source>Compléter</source>
        <translation>Complete</translation>
    </message>
    <message>
        <source>Attend votre réponse</source>
        <translation>Awaits your answer</translation>
    </message>
    <message>
        <source>À faire</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>Rien à faire. Tout est à jour.</source>
        <translation>Nothing to do. All is up to date.</translation>
    </message>
    <message numerus="yes">
        <source>Voir les %n tâches</source>
        <translation>
            <numerusform>See the %n task</numerusform>
            <numerusform>See the %n tasks</numerusform>
        </translation>
    </message>
    <message>
        <source>Attend le réseau</source>
        <translation>Awaits the network</translation>
    </message>
    <message>
        <source>Tout est gardé sur l’appareil. Partira seul&#xa0;: {changes}.</source>
        <translation>All is kept on the device. Will leave by itself: {changes}.</translation>
    </message>
</context>
<context>
    <name>TotalsBlock</name>
    <message>
        <source>Total TTC</source>
        <translation>Total incl. VAT</translation>
    </message>
    <message>
        <source>{change} sur {edition}</source>
        <translation>{change} on {edition}</translation>
    </message>
    <message>
        <source>HT</source>
        <translation>excl. VAT</translation>
    </message>
    <message>
        <source>Remises déduites</source>
        <translation>Discounts deducted</translation>
    </message>
    <message>
        <source>TVA {rate}</source>
        <translation>VAT {rate}</translation>
    </message>
    <message>
        <source>dont arrondi entre sous-commandes</source>
        <translation>of which rounding between sub-orders</translation>
    </message>
</context>
<context>
    <name>VisitOrder</name>
    <message>
        <source>Ordre des visites&#xa0;: {stops}</source>
        <translation>Order of visits: {stops}</translation>
    </message>
</context>
<context>
    <name>WaitingPage</name>
    <message>
        <source>La base école se prépare</source>
        <translation>The training base is being made</translation>
    </message>
    <message>
        <source>Des comptes d’exemple et un centre à eux, sur cette machine. Rien n’y est réel.</source>
        <translation>Example accounts with a centre of their own, on this machine. Nothing in it is real.</translation>
    </message>
</context>
<context>
    <name>WelcomeScene</name>
    <message>
        <source>Aujourd’hui, voici où l’on vous trouve.</source>
        <translation>Here is where you are found today.</translation>
    </message>
    <message>
        <source>Voici ce que nous vous proposons.</source>
        <translation>Here is what we propose.</translation>
    </message>
    <message numerus="yes">
        <source>et %n autre(s)</source>
        <translation>
            <numerusform>and %n other</numerusform>
            <numerusform>and %n others</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Tournée, base école</source>
        <translation>Tournée, training base</translation>
    </message>
    <message>
        <source>Tournée</source>
        <translation>Tournée</translation>
    </message>
    <message>
        <source>Reprendre le réseau</source>
        <translation>Back to the network</translation>
    </message>
    <message>
        <source>Travailler hors ligne</source>
        <translation>Work offline</translation>
    </message>
    <message>
        <source>Annuler la dernière action</source>
        <translation>Undo the last action</translation>
    </message>
    <message>
        <source>Ctrl Z</source>
        <translation>Ctrl Z</translation>
    </message>
    <message>
        <source>Rétablir</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>Ctrl Maj Z</source>
        <translation>Ctrl Shift Z</translation>
    </message>
    <message>
        <source>Échanger maintenant</source>
        <translation>Exchange now</translation>
    </message>
    <message>
        <source>Mes appareils</source>
        <translation>My devices</translation>
    </message>
</context>
<context>
    <name>WipeDialog</name>
    <message>
        <source>Effacer {device}, de {holder}</source>
        <translation>Wipe {device}, of {holder}</translation>
    </message>
    <message>
        <source>À son prochain contact, l’appareil envoie ce qu’il n’a pas encore envoyé.</source>
        <translation>At its next contact the device sends what it has not sent yet.</translation>
    </message>
    <message>
        <source>Ce qui ne peut pas partir est scellé pour l’organisation et gardé.</source>
        <translation>What cannot leave is sealed for the organisation and kept.</translation>
    </message>
    <message>
        <source>Puis il détruit sa clé, son coffre et ses copies, et le centre ne l’admet plus.</source>
        <translation>Then it destroys its key, its vault and its copies, and the centre no longer lets it in.</translation>
    </message>
    <message>
        <source>L’ordre s’annule tant que l’appareil ne l’a pas reçu.</source>
        <translation>The order can be cancelled until the device has received it.</translation>
    </message>
    <message>
        <source>Garder l’appareil</source>
        <translation>Keep the device</translation>
    </message>
    <message>
        <source>Effacer {device}</source>
        <translation>Wipe {device}</translation>
    </message>
</context>
<context>
    <name>_Bar</name>
    <message>
        <source>Onglets</source>
        <translation>Tabs</translation>
    </message>
</context>
<context>
    <name>_Figures</name>
    <message numerus="yes">
        <source>%n chiffre(s)</source>
        <translation>
            <numerusform>%n digit</numerusform>
            <numerusform>%n digits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Foot</name>
    <message>
        <source>choisir</source>
        <translation>choose</translation>
    </message>
    <message>
        <source>ouvrir</source>
        <translation>open</translation>
    </message>
    <message>
        <source>actions seules</source>
        <translation>actions only</translation>
    </message>
    <message>
        <source>fermer</source>
        <translation>close</translation>
    </message>
    <message>
        <source>Échap</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>_List</name>
    <message>
        <source>Réponses</source>
        <translation>Answers</translation>
    </message>
</context>
<context>
    <name>_ReadBar</name>
    <message>
        <source>Vous avez lu jusqu’à la dernière ligne</source>
        <translation>You have read to the last line</translation>
    </message>
</context>
</TS>
