<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="fr_FR">
<context>
    <name>AccountWords</name>
    <message numerus="yes">
        <source>%n sous-commande(s)</source>
        <translation>
            <numerusform>%n sous-commande</numerusform>
            <numerusform>%n sous-commandes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message numerus="yes">
        <source>et %n autre(s), dans le détail technique</source>
        <translation>
            <numerusform>et %n autre, dans le détail technique</numerusform>
            <numerusform>et %n autres, dans le détail technique</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CatalogueModel</name>
    <message numerus="yes">
        <source>%n emplacement(s) libre(s)</source>
        <translation>
            <numerusform>%n emplacement libre</numerusform>
            <numerusform>%n emplacements libres</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CataloguePage</name>
    <message numerus="yes">
        <source>%n produit(s)</source>
        <translation>
            <numerusform>%n produit</numerusform>
            <numerusform>%n produits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message numerus="yes">
        <source>{account} · %n simulation(s)</source>
        <translation>
            <numerusform>{account} · %n simulation</numerusform>
            <numerusform>{account} · %n simulations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CopyWords</name>
    <message numerus="yes">
        <source>%n action(s) relue(s) du coffre abîmé.</source>
        <translation>
            <numerusform>%n action relue du coffre abîmé.</numerusform>
            <numerusform>%n actions relues du coffre abîmé.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n action(s) illisible(s) (n°&#xa0;{numbers}).</source>
        <translation>
            <numerusform>%n action illisible (n°&#xa0;{numbers}).</numerusform>
            <numerusform>%n actions illisibles (n°&#xa0;{numbers}).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DevicesModel</name>
    <message numerus="yes">
        <source>Enregistré&#xa0;: %n changement(s), lisibles par l’organisation seule.</source>
        <translation>
            <numerusform>Enregistré&#xa0;: %n changement, lisible par l’organisation seule.</numerusform>
            <numerusform>Enregistré&#xa0;: %n changements, lisibles par l’organisation seule.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message numerus="yes">
        <source>%n appareil(s)</source>
        <translation>
            <numerusform>%n appareil</numerusform>
            <numerusform>%n appareils</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EntrancePage</name>
    <message numerus="yes">
        <source>Enregistré&#xa0;: %n changement(s), que votre responsable seul peut lire.</source>
        <translation>
            <numerusform>Enregistré&#xa0;: %n changement, que votre responsable seul peut lire.</numerusform>
            <numerusform>Enregistré&#xa0;: %n changements, que votre responsable seul peut lire.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LoadModel</name>
    <message numerus="yes">
        <source>Chargé jusqu’au {day}, %n fichier(s) à venir</source>
        <translation>
            <numerusform>Chargé jusqu’au {day}, %n fichier à venir</numerusform>
            <numerusform>Chargé jusqu’au {day}, %n fichiers à venir</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NextVisitCard</name>
    <message numerus="yes">
        <source>%n prête(s)</source>
        <translation>
            <numerusform>%n prête</numerusform>
            <numerusform>%n prêtes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message numerus="yes">
        <source>%n réponse(s)</source>
        <translation>
            <numerusform>%n réponse</numerusform>
            <numerusform>%n réponses</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PointList</name>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n point</numerusform>
            <numerusform>%n points</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreparationTab</name>
    <message numerus="yes">
        <source>Il manque %n renseignement(s)</source>
        <translation>
            <numerusform>Il manque %n renseignement</numerusform>
            <numerusform>Il manque %n renseignements</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProposalsPage</name>
    <message numerus="yes">
        <source>%n proposition(s)</source>
        <translation>
            <numerusform>%n proposition</numerusform>
            <numerusform>%n propositions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RailItem</name>
    <message numerus="yes">
        <source>%n à voir</source>
        <translation>
            <numerusform>%n à voir</numerusform>
            <numerusform>%n à voir</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RequestsPage</name>
    <message numerus="yes">
        <source>%n demande(s)</source>
        <translation>
            <numerusform>%n demande</numerusform>
            <numerusform>%n demandes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RoadModel</name>
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
            <numerusform>%n heure</numerusform>
            <numerusform>%n heures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n jour(s)</source>
        <translation>
            <numerusform>%n jour</numerusform>
            <numerusform>%n jours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StrokePad</name>
    <message numerus="yes">
        <source>%n trait(s)</source>
        <translation>
            <numerusform>%n trait</numerusform>
            <numerusform>%n traits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncChip</name>
    <message numerus="yes">
        <source>Hors ligne · %n gardée(s)</source>
        <translation>
            <numerusform>Hors ligne · %n gardée</numerusform>
            <numerusform>Hors ligne · %n gardées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n en attente</source>
        <translation>
            <numerusform>%n en attente</numerusform>
            <numerusform>%n en attente</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncModel</name>
    <message numerus="yes">
        <source>&#xa0;; et %n autre(s)</source>
        <translation>
            <numerusform> ; et %n autre</numerusform>
            <numerusform> ; et %n autres</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message numerus="yes">
        <source>Montrer aussi les %n suivante(s)</source>
        <translation>
            <numerusform>Montrer aussi la suivante</numerusform>
            <numerusform>Montrer aussi les %n suivantes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TodayModel</name>
    <message numerus="yes">
        <source>%n visite(s)</source>
        <translation>
            <numerusform>%n visite</numerusform>
            <numerusform>%n visites</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>et %n autre(s)</source>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proposition(s)</source>
        <translation>
            <numerusform>%n proposition</numerusform>
            <numerusform>%n propositions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>En retard de %n jour(s)</source>
        <translation>
            <numerusform>En retard de %n jour</numerusform>
            <numerusform>En retard de %n jours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message numerus="yes">
        <source>%n compte(s) sont à renouveler dans les deux mois.</source>
        <translation>
            <numerusform>%n compte est à renouveler dans les deux mois.</numerusform>
            <numerusform>%n comptes sont à renouveler dans les deux mois.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Voir les %n tâches</source>
        <translation>
            <numerusform>Voir la tâche</numerusform>
            <numerusform>Voir les %n tâches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WelcomeScene</name>
    <message numerus="yes">
        <source>et %n autre(s)</source>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Figures</name>
    <message numerus="yes">
        <source>%n chiffre(s)</source>
        <translation>
            <numerusform>%n chiffre</numerusform>
            <numerusform>%n chiffres</numerusform>
        </translation>
    </message>
</context>
</TS>
