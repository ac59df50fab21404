### Toutes les phrases que l'on lit, en français. Les clés sont celles de en.ftl.

## Commandes

command-strategies = Lister vos stratégies
command-strategy = Montrer une stratégie et tous ses chiffres
command-why = Montrer pourquoi une stratégie agit ou non
command-toggle = Activer ou couper une stratégie, une unité de temps ou toutes
command-new = Créer une stratégie à partir d'une règle
command-edit = Donner une autre règle à une stratégie
command-rename = Renommer une stratégie
command-judging = Juger la règle à la clôture seulement, ou en direct
command-copy = Copier une stratégie, sur un autre symbole si vous voulez
command-templates = Lister les règles fournies
command-template = Montrer une règle fournie
command-adopt = Lancer une règle fournie, ou toutes
command-reset = Repartir de zéro avec un portefeuille neuf
command-delete = Supprimer une stratégie ; son histoire est gardée
command-positions = Lister vos positions ouvertes
command-trades = Lister vos transactions closes
command-trade = Montrer une transaction ou une position
command-close = Fermer une position, ou toutes, au prix du marché
command-pause = Suspendre les entrées, un temps ou jusqu'à la reprise
command-resume = Permettre de nouveau les entrées
command-balance = Montrer la valeur de vos portefeuilles fictifs
command-profit = Montrer le profit, en tout ou par jour, semaine ou mois
command-performance = Comparer stratégies, symboles ou motifs de sortie
command-indicator = Montrer un indicateur sur les dernières bougies
command-backtest = Essayer une règle sur le passé
command-drift = Voir si la réalité suit le rejeu
command-export = Recevoir toutes vos transactions closes en fichier CSV
command-status = Montrer l'état du service
command-version = Montrer la version en service
command-restart = Redémarrer le moteur
command-reload = Relire les stratégies enregistrées
command-ws = Montrer les connexions à la bourse
command-db = Montrer la taille de la base
command-logs = Montrer les dernières lignes du journal
command-invite = Créer un code qui laisse entrer une personne
command-users = Lister les personnes d'ici
command-suspend = Suspendre une personne, ou lever ; ses stops restent
command-role = Donner un autre rôle à une personne
command-broadcast = Dire quelque chose à tous
command-me = Montrer qui vous êtes ici, sur chaque plateforme
command-link = Atteindre vos stratégies d'une autre plateforme
command-unlink = Retirer une plateforme de votre compte
command-notify = Choisir ce qui vous est dit, comment et quand
command-help = Montrer l'aide
command-settings = Voir ou changer votre nom, fuseau horaire et langue
command-dismiss = Annuler une question

group-strategies = Stratégies
group-trading = Positions et transactions
group-figures = Chiffres
group-service = Service
group-people = Personnes
group-general = Général

option-page = numéro de page
option-strategy = numéro de la stratégie
option-toggle-target = numéro d'une stratégie, unité de temps, ou all
option-state = on ou off ; sans lui, l'état est inversé
option-position = numéro de la position, ou all
option-trade = numéro de la transaction
option-symbol = symbole, par exemple BTCUSDT
option-timeframe = unité de temps
option-name = un nom d'au plus 40 caractères
option-rule = la règle ; /help rules explique le langage
option-judging = closed : une fois à la clôture ; live : aussi pendant la bougie
option-template = clé d'une règle fournie ; /templates les liste
option-scope = all, un symbole, ou le numéro d'une stratégie
option-duration = durée, par exemple 90m, 6h ou 2d
option-period = day, week ou month
option-count = combien de lignes
option-by = ce que l'on compare
option-indicator = nom de l'indicateur, par exemple kst
option-backtest = numéro de stratégie ou clé de règle fournie, puis symbole et unité de temps ; ou une règle
option-topic = une commande, rules, ou indicators
option-setting = ce que l'on change
option-value = la nouvelle valeur
option-user = numéro de la personne ; /users les liste
option-role = ce que la personne peut faire
option-invite-duration = durée du code, par exemple 12h ou 7d
option-suspend = on suspend, off lève
option-broadcast = ce qui est dit à tous
option-lines = combien de lignes
option-link-code = le code que montre une autre plateforme
option-platform = quelle plateforme
option-notify = de quoi il s'agit : un genre de message, all, ou quiet pour les heures calmes
option-notify-value = on, silent ou off ; status : hourly, daily, 5m ; daily : 08:00 ; quiet : 22:00-07:00
option-call = quelle question
option-optional = facultatif

## Boutons

button-yes = Oui, faites-le
button-cancel = Annuler
button-refresh = Actualiser
button-previous = Précédent
button-next = Suivant
button-show = Voir
button-why = Pourquoi ?
button-on = Activer
button-off = Couper
button-reset = Remettre à zéro
button-close = Fermer
button-close-all = Tout fermer
button-resume = Reprendre
button-strategies = Stratégies
button-templates = Règles fournies
button-adopt = Adopter
button-adopt-all = Adopter les { $count }
button-by-day = Par jour
button-by-week = Par semaine
button-by-month = Par mois
button-rules = Langage des règles
button-indicators = Indicateurs
button-all-on = Tout à voix haute
button-all-silent = Tout en silence
button-all-off = Tout couper
button-status-hourly = État chaque heure
button-status-never = Pas d'état
button-daily-on = Bilan à 8 h
button-daily-off = Pas de bilan
button-quiet-on = Calme de 22 h à 7 h
button-quiet-off = Pas d'heures calmes

## Colonnes et champs

column-name = Nom
column-symbol = Symbole
column-timeframe = UT
column-state = État
column-pnl = PnL
column-percent = PnL %
column-trades = Nombre
column-run = Vie
column-from = Du
column-until = Au
column-side = Sens
column-age = Âge
column-entry = Entrée
column-last = Dernier
column-stop = Stop
column-strategy = Stratégie
column-exit = Sortie
column-closed = Close
column-held = Durée
column-time = Heure
column-price = Prix
column-amount = Quantité
column-fee = Frais
column-fees = Frais
column-period = Période
column-won = Gagnées
column-return = Rendement
column-best = Meilleure
column-worst = Pire
column-by-day = Jour
column-by-week = Semaine
column-by-month = Mois
column-by-strategy = Stratégie
column-by-symbol = Symbole
column-by-exit-reason = Sortie
column-lag = Retard
column-symbols = Symboles
column-reconnects = Coupures
column-messages = Messages
column-reason = Dernière coupure
column-key = Clé
column-indicator = Indicateur
column-outputs = Sorties
column-meaning = Sens
column-output = Sortie
column-before = { $count } avant
column-figure = Chiffre
column-whole = Tout
column-real = Réel
column-replay = Rejeu
column-difference = Écart
column-signal = Signal
column-out-of-sample = Fin (30 %)
column-role = Rôle
column-strategies = Stratégies
column-platforms = Joint par
column-since = Ici depuis
column-topic = Sujet
column-wish = Dit
column-table = Table
column-rows = Lignes

field-symbol = Symbole
field-mode = Mode
field-state = État
field-judging = Jugement
field-equity = Valeur
field-pnl = PnL de cette vie
field-realised = Réalisé
field-unrealised = Latent
field-fees = Frais
field-trades = Transactions
field-run = Vie
field-active-time = Temps actif
field-position = Position
field-template = Modèle
field-profit = Profit
field-stake = Mise
field-amount = Quantité
field-entry = Entrée
field-exit = Sortie
field-reason = Motif
field-held = Durée
field-last = Dernier prix
field-stop = Stop
field-take = Objectif
field-trailing = Stop suiveur
field-strategy = Stratégie
field-wallet = En portefeuille
field-starting = Au départ
field-best = Meilleure
field-worst = Pire
field-uptime = En marche depuis
field-own = Les vôtres
field-strategies = Stratégies
field-timeframes = Unités de temps
field-open-positions = Positions ouvertes
field-analyses = Analyses
field-symbols = Symboles
field-connections = Connexions
field-outbox = Messages en attente
field-name = Nom
field-role = Rôle
field-time-zone = Fuseau horaire
field-language = Langue
field-since = Ici depuis
field-status-messages = Messages d'état
field-daily-report = Bilan du jour
field-quiet-hours = Heures calmes

## Mots

side-long = long
side-short = short
mode-paper = fictif
judging-closed = à la clôture
judging-live = en direct, pendant la bougie
state-on = active
state-off = coupée
state-halted = arrêtée
state-warming-up = chauffe
state-suspended = suspendu
warmup-left = { $candles ->
    [one] en chauffe, encore une bougie
   *[other] en chauffe, encore { $candles } bougies
}
exit-rule = règle
exit-stop_loss = stop
exit-take_profit = objectif
exit-trailing_stop = stop suiveur
exit-max_hold = durée limite
exit-liquidation = liquidation
exit-manual = à la main
exit-reset = remise à zéro
exit-other = autre
role-viewer = lecteur
role-trader = trader
role-admin = administrateur
platform-console = Terminal
platform-telegram = Telegram
platform-discord = Discord
wish-on = à voix haute
wish-silent = en silence
wish-off = non
rhythm-never = jamais
rhythm-daily = une fois par jour
rhythm-hourly = chaque heure
rhythm-5m = toutes les 5 minutes
topic-entry = une position s'est ouverte
topic-exit = une position s'est fermée
topic-blocked = une entrée a été refusée
topic-halted = une stratégie a été arrêtée
topic-pause-over = une pause est finie
topic-reset = une stratégie est repartie de zéro
topic-recovery = le service revient après une coupure
topic-feed = le flux du marché est perturbé ou de retour
topic-status = comment va le service
topic-daily = les transactions du dernier jour
told-entry = Positions ouvertes
told-exit = Positions fermées
told-entry-blocked = Entrées refusées
told-strategy-halted = Stratégies arrêtées
told-pause-over = Pauses finies
told-run-reset = Remises à zéro
told-recovery-receipt = Coupures
told-feed-degraded = Perturbations du flux du marché
told-feed-healed = Retours du flux du marché
told-status-report = Messages d'état
told-daily-report = Bilans du jour
told-digest = Résumés
told-broadcast = Annonces
told-account-linked = Comptes liés
period-today = Aujourd'hui
period-week = 7 jours
period-month = 30 jours
period-all = En tout
figure-net = Profit net
figure-hold = Garder
figure-cagr = Par an
figure-drawdown = Repli
figure-sharpe = Sharpe
figure-sortino = Sortino
figure-win-rate = Réussite
figure-profit-factor = Gain/perte
figure-exposure = Exposition
missing-needs-30-trades = il faut 30 transactions
missing-needs-30-days = il faut 30 jours
missing-needs-a-trade = il faut une transaction
missing-no-losing-trade = aucune transaction perdante
missing-no-winning-trade = aucune transaction gagnante
missing-no-losing-day = aucun jour perdant
missing-no-drawdown = la valeur n'a jamais baissé
missing-no-variation = rien n'a varié
daemon-starting = en démarrage
daemon-running = en marche
daemon-degraded = perturbé
daemon-stopped = arrêté
connection-up = oui
connection-down = non
truth-yes = oui
truth-no = non
truth-unknown = pas encore connu
mark-yes = ✓
mark-no = ✗
mark-unknown = ?
scope-all = toutes les stratégies
scope-strategy = la stratégie { $strategy }
during-outage = pendant une coupure
part-of = { $part } sur { $whole }
page = Page { $page } sur { $pages }
as-of = À { $time }
usage = Usage : { $usage }

## Listes

strategies-title = Stratégies
strategies-count = { $count ->
    [one] Une stratégie, { $active } active
   *[other] { $count } stratégies, { $active } actives
}
strategies-none = Vous n'avez pas encore de stratégie. /adopt all lance celles fournies, /new crée la vôtre.
runs-earlier = Vies précédentes :
run-since = { $run }, depuis { $since }
positions-title = Positions ouvertes
positions-none = Aucune position n'est ouverte.
positions-total = { $count ->
    [one] Une position, { $total }, à { $time }
   *[other] { $count } positions, { $total }, à { $time }
}
trades-title = Transactions closes
trades-none = Aucune transaction n'est encore close.
trades-count = { $count ->
    [one] Une transaction
   *[other] { $count } transactions
}
trade-title = Transaction { $trade } : { $symbol } { $side }
trade-title-open = Position ouverte { $trade } : { $symbol } { $side }
balance-title = { $count ->
    [one] Solde d'une stratégie
   *[other] Solde de { $count } stratégies
}
balance-note = Argent fictif, sommes des vies en cours ; le profit est net de frais.
profit-title = Profit réalisé : { $pnl }
profit-by-day = Profit par jour
profit-by-week = Profit par semaine
profit-by-month = Profit par mois
profit-by-strategy = Résultats par stratégie
profit-by-symbol = Résultats par symbole
profit-by-exit-reason = Résultats par motif de sortie
preview-span = Les { $count } dernières bougies, closes au { $time }.
backtest-title = Essai sur le passé : { $symbol } { $timeframe }
backtest-verdict = { $result } net, { $trades ->
    [0] aucune transaction
    [one] une transaction
   *[other] { $trades } transactions
}, repli maximal { $drawdown } ; acheter et garder { $hold }.
backtest-thin = { $trades ->
    [0] Aucune transaction : rien ne peut en être dit.
    [one] Une transaction : trop peu pour juger.
   *[other] { $trades } transactions : trop peu pour juger.
}
backtest-span = Du { $from } au { $until }, { $candles ->
    [one] une bougie
   *[other] { $candles } bougies
}
backtest-open = Une position était encore ouverte à la fin : { $pnl }
backtest-missing = « - » : { $why }
backtest-incomplete = La bourse n'a pas pu être jointe : seules les bougies gardées ont servi
backtest-caution = Les résultats passés disent peu des suivants
drift-title = Écart de { $name } : { $symbol } { $timeframe }
drift-too-early = Aucune bougie { $timeframe } ne s'est close depuis le début de la stratégie #{ $number } : il n'y a encore rien à comparer.
drift-no-trades = Aucun écart : aucune transaction encore, ni en réalité ni dans le rejeu.
drift-same = Aucun écart : { $trades ->
    [one] la seule transaction est identique
   *[other] les { $trades } transactions sont identiques
} au dernier chiffre près.
drift-verdict = { $trades ->
    [one] La seule transaction diffère.
   *[other] { $same ->
        [0] Aucune identique
        [one] Une seule identique
       *[other] { $same } identiques
    } sur { $trades } transactions{ $scaled ->
        [0] .
        [one] , une autre à la taille près.
       *[other] , { $scaled } autres à la taille près.
    }
} Réalité { $real }, rejeu { $replay } : un écart de { $difference }.
drift-why = D'où vient l'écart :
drift-cause = { $cause } : { $quote }, { $trades ->
    [one] une transaction
   *[other] { $trades } transactions
}
drift-scaled = { $trades } : seule la taille diffère, car les transactions précédentes ont laissé une autre somme
drift-row-different = { $trade } { $side }, { $time } : { $cause }
drift-row-only-real = { $trade } { $side }, { $time } : seulement en réalité. { $cause }
drift-row-only-replay = { $side }, { $time } : seulement dans le rejeu. { $cause }
drift-instead = { $what } : { $real }, rejeu { $replay }
drift-still-open = encore ouverte
drift-field-entry-time = Entrée
drift-field-entry-price = Prix d'entrée
drift-field-amount = Quantité
drift-field-open = Sortie
drift-field-exit-time = Sortie
drift-field-exit-price = Prix de sortie
drift-field-exit-reason = Motif
drift-field-fees = Frais
drift-span = du { $from } au { $until }
drift-since = depuis le { $from }
drift-late-by = de { $duration }
drift-see = voir { $trade }
drift-version = ouverte par la version { $version }
drift-versions = La règle a été modifiée en route ; { $count } versions ont été rejouées, chacune en son temps
drift-judges-forming = Elle jugeait la bougie en cours, ce qui ne se rejoue pas exactement : les moments d'entrée et de sortie peuvent différer
drift-manual = Fermée à la main
drift-away = Vigie ne tournait pas
drift-unseen = Les prix n'arrivaient pas
drift-revised = La bourse a corrigé une bougie après coup
drift-late = La clôture de la bougie est arrivée en retard
drift-forming = Jugée sur la bougie en cours
drift-warming-up = L'historique de la règle était encore en chargement
drift-paused = Les entrées étaient en pause
drift-suspended = Le compte était suspendu
drift-halted = La stratégie avait été arrêtée
drift-switched-off = La stratégie était éteinte
drift-market-closed = Le symbole n'était pas négocié
drift-rule-changed = La règle a été modifiée
drift-below-min-notional = L'ordre était trop petit pour la bourse
drift-below-min-quantity = La quantité était trop petite pour la bourse
drift-no-cash = Il ne restait plus d'argent
drift-fee = D'autres frais étaient réglés alors
drift-slippage = Un autre glissement était réglé alors
drift-within-minute = Le chemin des prix dans la minute, que le rejeu ne connaît pas
drift-earlier = Suit d'un écart précédent
drift-unexplained = Inexpliqué
templates-title = { $count } règles fournies
templates-hint = /template CLÉ en montre une, /adopt CLÉ la lance
template-hint = /adopt { $key } la lance ; ajoutez un symbole si vous voulez.
status-title = Le service est { $state }
status-active = { $active } actives sur { $total }
status-own = { $active } actives sur { $strategies }, { $openPositions ->
    [one] une position ouverte
   *[other] { $openPositions } positions ouvertes
}
settings-title = Vos réglages
settings-hint = Pour en changer un : /settings timezone Europe/Paris, /settings language fr, /settings name Ada
version = Vigie { $version }
people-title = { $count ->
    [one] Une personne
   *[other] { $count } personnes
}
connections-title = { $up } connexions sur { $all } sont en marche
tables-title = Base de données, { $size } en tout
logs-none = Le journal est vide.
me-hint = /link ajoute une plateforme, /unlink en retire une, /notify règle ce qui vous est dit.
notify-title = Ce qui vous est dit
notify-hint = Pour changer : /notify exit on, /notify all silent, /notify quiet 22:00-07:00, /notify status hourly, /notify daily 08:00. Aux heures calmes, les messages viennent sans bruit.

## Pourquoi

why-candle = Sur la bougie close à { $time } :
why-no-candle = Aucune bougie n'a encore clos depuis le départ.
why-section = { $section } : { $truth }
why-values = ({ $left } / { $right })
why-free = Rien n'empêche une entrée.
why-blocked = Une entrée est empêchée maintenant :
block-inactive = La stratégie est coupée.
block-paused = Les entrées sont suspendues.
block-cooldown = Le repos après la dernière transaction court encore.
block-warming-up = Ses indicateurs chauffent.
block-in-position = Elle tient une position.
block-feed-stale = Aucun prix frais n'est venu de la bourse.
block-halted = La stratégie a été arrêtée.
block-suspended = Votre compte est suspendu.
block-no-cash = Le portefeuille est vide.
block-missed = Le signal est venu pendant l'absence du service ; une entrée n'est jamais faite en retard.
block-market-closed = La bourse ne traite pas ce symbole maintenant.
block-below-min-notional = La mise est sous le plus petit ordre que la bourse accepte.
block-below-min-quantity = La quantité est sous la plus petite que la bourse accepte.
block-unknown = Elle est empêchée ({ $code }).
block-until = Jusqu'au { $until }.
halt-rule-unreadable = sa règle n'a pas pu être lue
halt-unknown = une erreur interne ({ $code })

## Issues

created = { $strategy } tourne sur { $symbol } { $timeframe }, en fictif
created-next = Elle est active et agira une fois chauffée. /why { $number } montre ce qu'elle voit.
adopted = { $count ->
    [one] Une règle fournie tourne sur { $symbol } : { $first }
   *[other] { $count } règles fournies tournent sur { $symbol } : { $first } à { $last }
}
adopted-skipped = { $skipped ->
    [one] Une y tournait déjà.
   *[other] { $skipped } y tournaient déjà.
}
edited = { $strategy } est changée
edited-unchanged = { $strategy } était déjà ainsi
edited-position = La position { $position } garde la règle de son ouverture jusqu'à sa clôture.
deleted = { $strategy } est supprimée
deleted-history = Ses transactions et ses vies sont gardées.
reset = { $strategy } repart de zéro
reset-run = La vie { $started } commence avec un portefeuille neuf. L'histoire de la vie { $ended } est gardée.
position-closed = La position { $position } a été fermée au prix du marché.
toggled-one-on = { $strategy } est active
toggled-one-off = { $strategy } est coupée
toggled-many-on = { $count ->
    [0] Rien n'a été activé
    [one] Une stratégie a été activée
   *[other] { $count } stratégies ont été activées
}
toggled-many-off = { $count ->
    [0] Rien n'a été coupé
    [one] Une stratégie a été coupée
   *[other] { $count } stratégies ont été coupées
}
toggled-unchanged = { $count ->
    [one] Une était déjà ainsi.
   *[other] { $count } étaient déjà ainsi.
}
toggled-positions = { $count ->
    [one] La position { $positions } reste ouverte, gérée par ses stops.
   *[other] Les positions { $positions } restent ouvertes, gérées par leurs stops.
}
close-done = { $count ->
    [one] La position { $positions } a été fermée au prix du marché
   *[other] Les positions { $positions } ont été fermées au prix du marché
}
close-waiting = { $count ->
    [one] La position { $positions } se ferme au prochain prix
   *[other] Les positions { $positions } se ferment au prochain prix
}
paused-open = Les entrées sont suspendues pour { $scope } jusqu'à la reprise.
paused-until = Les entrées sont suspendues pour { $scope } jusqu'au { $until }.
paused-stops = Les positions ouvertes restent gérées par leurs stops et sorties.
resumed = Les entrées sont de nouveau permises : { $scopes }
restarted = Le moteur a redémarré ; positions et stops sont comme avant.
reloaded = { $count ->
    [one] Une stratégie a été relue.
   *[other] { $count } stratégies ont été relues.
}
dismissed = Rien n'a été fait.
invited = Un code pour un { $role }
invited-how = Transmettez-le : qui envoie le premier cette ligne au bot est admis. Il sert une fois, jusqu'au { $until }, et n'est plus montré.
suspended-on = { $name } est suspendu : ses stratégies n'entrent plus et gardent leurs stops.
suspended-off = { $name } n'est plus suspendu.
role-changed = { $name } est maintenant { $role }.
broadcast-done = { $count ->
    [one] Une personne est prévenue.
   *[other] { $count } personnes sont prévenues.
}
link-title = Lier une autre plateforme
link-how = Envoyez-moi cette ligne en privé sur l'autre plateforme d'ici { $time }. Elle sert une fois ; ne la montrez à personne.
linked = Ce compte est maintenant à { $name } : vous voyez les mêmes stratégies partout.
unlinked = { $platform } est retiré de votre compte.
exported = { $count ->
    [one] Une transaction dans { $file }
   *[other] { $count } transactions dans { $file }
}
exported-left = { $left ->
    [one] La plus ancienne manque.
   *[other] Les { $left } plus anciennes manquent.
}
exported-saved = Enregistré sous { $path }

## Questions

confirm-word = oui
confirm-toggle-on = { $count ->
    [one] Activer votre stratégie ?
   *[other] Activer toutes vos { $count } stratégies ?
}
confirm-toggle-off = { $count ->
    [one] Couper votre stratégie ? Une position ouverte reste gérée par ses stops.
   *[other] Couper toutes vos { $count } stratégies ? Les positions ouvertes restent gérées par leurs stops.
}
confirm-reset = Remettre à zéro { $strategy } ? La vie { $run } finit, la suivante commence avec un portefeuille neuf ; l'histoire est gardée.
confirm-delete = Supprimer { $strategy } ? Son histoire est gardée.
confirm-position = La position { $position } ({ $pnl }) sera fermée au prix du marché.
confirm-close = Fermer la position { $position } { $symbol } { $side } ({ $stake }, { $percent }) au prix du marché ?
confirm-close-all = { $count ->
    [one] Fermer votre position ouverte au prix du marché ?
   *[other] Fermer vos { $count } positions ouvertes au prix du marché ?
}
confirm-restart = Redémarrer le moteur pour tous ? Positions et stops sont restaurés.
confirm-role-admin = Faire de { $name } un administrateur ? Un administrateur peut tout, sur tous.
confirm-broadcast = { $count ->
    [one] Dire à une personne : { $text }
   *[other] Dire à { $count } personnes : { $text }
}
confirm-link = Donner ce compte { $platform } à la personne qui a fait le code ? Les réglages d'ici restent derrière ; vous verrez ses stratégies.
confirm-unlink = Retirer { $platform } de votre compte ? On peut le lier de nouveau.

## Aide

help-title = Vigie
help-hint = /help COMMANDE en dit plus, /help rules explique le langage des règles.
help-aliases = Aussi : { $aliases }
rules-title = Le langage des règles
rules-clauses = Quatre clauses disent quand : enter long, exit long, enter short, exit short, chacune avec « when ». Il faut au moins une entrée.
rules-series = Nombres : open high low close volume hl2 hlc3 ohlc4, indicateurs tels que rsi(14) ou macd(12,26,9).histogram ; x[1] est une bougie plus tôt, x@4h la dernière bougie close d'une autre unité.
rules-operators = Conditions : < <= > >=, crosses above, crosses below, rising 3, falling 3 ; and, or, not, parenthèses ; + - * / entre nombres.
rules-protections = Protections : stop 2%, take 5%, trail 1.5% after 1%, max 12h, cooldown 30m, size 10%.
rules-position = Dans les sorties aussi : profit > 6% et held > 12h.
indicators-title = Indicateurs

## Le terminal

console-welcome = Vigie { $version }. /help liste les commandes, Ctrl-C arrête le service.
console-confirm = Tapez { $word } pour confirmer ; toute autre chose annule.
console-cancelled = Rien n'a été fait.
console-closed = La console est fermée ; le service continue.
operator-invite = Pour devenir administrateur par message, envoyez cette ligne au bot : /start { $code } (sert une fois, jusqu'au { $until } UTC)

## Discussions

stranger = Ce bot ne sert que les personnes invitées. Si vous avez un code d'invitation, envoyez : /start CODE
stale-command = Ce message avait plus de { $minutes } minutes en m'arrivant : rien n'a été fait. Merci de le renvoyer.
stale-button = Cet appui m'est parvenu trop tard : rien n'a été fait. Merci d'appuyer à nouveau.
answered-in-private = Je vous ai répondu dans notre discussion privée.
private-chat-needed = Je ne réponds à cela qu'en privé. Merci de m'y écrire d'abord.
discord-messages-closed = J'avais quelque chose à vous dire, mais vous n'acceptez pas mes messages privés. Autorisez les messages privés de ce serveur ou ajoutez-moi à votre compte ; /trades montre ce qui s'est passé.

## Avis

notice-entry = FICTIF · Ouverture { $position } { $symbol } { $side }
notice-size = Mise { $stake } à { $price }
notice-stop = Stop { $price } ({ $distance })
notice-take = Objectif { $price } ({ $distance })
notice-strategy = Stratégie { $strategy }
notice-exit = FICTIF · Clôture { $trade } { $symbol } { $percent } ({ $pnl })
notice-path = { $from } → { $to }, tenue { $held }
notice-reason = Sortie : { $reason }
notice-during-outage = Décidée sur des bougies cherchées après une coupure.
notice-entry-blocked = FICTIF · { $strategy } n'est pas entrée sur { $symbol }
notice-halted = { $strategy } a été arrêtée
notice-halted-next = Sa position ouverte reste gérée par ses stops. /toggle { $number } on la relance.
notice-pause-over = La pause est finie : { $scope }
notice-run-reset = FICTIF · { $strategy } a commencé la vie { $run }
notice-receipt = Le service est de retour après { $down }
notice-receipt-span = Absent du { $from } au { $until }
notice-receipt-candles = { $count ->
    [one] Une bougie manquée a été rejouée
   *[other] { $count } bougies manquées ont été rejouées
}
notice-receipt-positions = { $count ->
    [0] Aucune position n'est ouverte
    [one] Une position ouverte a été vérifiée
   *[other] { $count } positions ouvertes ont été vérifiées
}
notice-receipt-exits = { $count ->
    [0] Aucune sortie n'est tombée dans le trou
    [one] Une sortie tombée dans le trou a été rattrapée
   *[other] { $count } sorties tombées dans le trou ont été rattrapées
}
notice-receipt-missed = { $count ->
    [0] Aucune entrée n'a été manquée
    [one] Une entrée a été manquée ; une entrée n'est jamais faite en retard
   *[other] { $count } entrées ont été manquées ; une entrée n'est jamais faite en retard
}
notice-feed-degraded = Le flux du marché est perturbé ; les entrées attendent des prix frais
notice-feed-healed = Le flux du marché est de retour après { $down }
notice-status = État : en marche depuis { $uptime }
notice-status-line = { $up }/{ $all } connexions, { $active } stratégies actives, { $analyses } analyses, { $trades } transactions
notice-daily = FICTIF · Bilan du jour : { $pnl }
notice-daily-span = Du { $from } au { $until }
notice-daily-trades = { $count ->
    [0] Aucune transaction close
    [one] Une transaction, { $won } gagnées
   *[other] { $count } transactions, { $won } gagnées
}
notice-daily-range = Meilleure { $best }, pire { $worst }
notice-daily-fees = Frais { $fees }
notice-daily-now = Maintenant : { $active } stratégies actives, { $positions ->
    [one] une position ouverte
   *[other] { $positions } positions ouvertes
}
notice-digest = { $count ->
    [one] Un message vous attendait
   *[other] { $count } messages vous attendaient
}
notice-digest-span = Du { $from } au { $until }
notice-digest-pnl = Résultat de ce qui s'est fermé : { $pnl }
notice-digest-next = /trades et /positions montrent tout.
notice-broadcast = De la part des administrateurs
notice-linked = Un compte { $platform } a été lié au vôtre
notice-linked-next = Il voit et fait ce que vous pouvez. Si ce n'était pas vous, envoyez tout de suite /unlink { $name }.

## Erreurs

fault-unexpected = Quelque chose s'est mal passé ici ; c'est noté. Veuillez réessayer.
fault-unknown = Cela n'a pas marché ({ $code }).
fault-unknown-command = Il n'y a pas de commande « { $name } ». { $suggestion ->
    [none] /help les liste toutes.
   *[other] Vouliez-vous dire /{ $suggestion } ?
}
fault-rate-limited = C'était trop rapide. Veuillez attendre { $waitMs }.
fault-private-only = Cette commande ne marche qu'en conversation privée.
fault-forbidden = Il faut le rôle « { $needed } », que vous n'avez pas.
fault-suspended = Votre compte est suspendu : vous pouvez regarder, pas agir.
fault-button-expired = Ce bouton a expiré. Veuillez renvoyer la commande.
fault-button-not-yours = Ce bouton appartient à quelqu'un d'autre.
fault-input-too-long = C'est trop long : au plus { $limit } caractères.
fault-too-many-words = « { $word } » est un mot de trop.
fault-option-missing = Il manque quelque chose : { $option }.
fault-option-unknown = Il n'y a pas d'option « { $option } ».
fault-option-integer = « { $value } » n'est pas un nombre entier ({ $option }).
fault-option-number = « { $value } » n'est pas un nombre ({ $option }).
fault-option-boolean = « { $value } » n'est ni oui ni non ({ $option }).
fault-option-choice = « { $value } » n'est pas parmi { $choices }. { $suggestion ->
    [none] { "" }
   *[other] Vouliez-vous dire { $suggestion } ?
}
fault-option-min = { $value } est trop petit : { $option } vaut au moins { $min }.
fault-option-max = { $value } est trop grand : { $option } vaut au plus { $max }.
fault-option-too-long = { $option } est trop long : au plus { $limit } caractères.
fault-option-twice = { $option } est donné deux fois.
fault-option-target = « { $value } » n'est ni un nombre ni un des mots permis ({ $option }).
fault-option-duration = « { $value } » n'est pas une durée : écrivez par exemple 90m, 6h ou 2d.
fault-not-found = { $what ->
    [strategy] Vous n'avez pas de stratégie #{ $number }. /strategies liste les vôtres.
    [position] Vous n'avez pas de position ouverte #{ $number }. /positions liste les vôtres.
    [user] Il n'y a pas de personne #{ $number }. /users les liste.
    [trade] Vous n'avez pas de transaction #{ $number }. /trades liste les vôtres.
   *[other] Vous n'avez rien sous le numéro { $number }.
}
fault-name-empty = Ce nom n'a aucun caractère visible.
fault-unknown-symbol = La bourse ne connaît pas le symbole { $symbol }.
fault-symbol-not-trading = { $symbol } n'est pas traité maintenant : la bourse dit { $status }.
fault-wrong-quote-asset = { $symbol } n'est pas coté en { $quoteAsset } ; toutes les stratégies d'ici traitent contre { $quoteAsset }.
fault-too-many-strategies = Ce serait trop : vous avez { $count } stratégies sur { $limit } au plus et en demandez { $wanted } de plus.
fault-no-strategies = { $timeframe ->
    [all] Vous n'avez pas encore de stratégie. /adopt ou /new en crée une.
   *[other] Vous n'avez pas de stratégie en { $timeframe }.
}
fault-unknown-template = Il n'y a pas de règle fournie « { $template } ». /templates les liste.
fault-already-adopted = Elle tourne déjà chez vous, en #{ $number }. /copy en fait une seconde.
fault-all-adopted = Toutes les règles fournies tournent déjà sur { $symbol }.
fault-no-open-positions = Vous n'avez aucune position ouverte.
fault-no-strategy-on = Aucune de vos stratégies ne traite { $symbol }.
fault-pause-too-long = Une pause dure au plus { $maxMs } ; sans durée, elle dure jusqu'à la reprise.
fault-not-paused = { $scope ->
    [all] Rien n'est suspendu.
   *[other] { $scope } n'est pas suspendu à part. /resume lève toutes les pauses.
}
fault-price-stale = Il n'y a pas de prix frais pour fermer la position. Veuillez réessayer dans un instant.
fault-unknown-time-zone = « { $timeZone } » n'est pas un fuseau horaire. Écrivez par exemple Europe/Paris ou UTC.
fault-unknown-language = « { $language } » n'est pas disponible : { $known }.
fault-engine-stopped = Le moteur est arrêté. Veuillez réessayer dans un instant.
fault-engine-busy = Le moteur est occupé. Veuillez réessayer dans un instant.
fault-engine-answered-nothing = Le moteur n'a pas répondu ; c'est noté.
fault-engine-elsewhere = Un autre processus fait tourner le moteur sur cette base.
fault-lease-lost = Un autre processus a repris le moteur ; celui-ci s'arrête.
fault-exchange-unreachable = La bourse est injoignable. Veuillez réessayer dans un instant.
fault-exchange-banned = La bourse nous a exclus jusqu'au { $until }.
fault-exchange-refused = La bourse a refusé : { $message }
fault-exchange-sent-nonsense = La bourse a répondu quelque chose qui n'a pas de sens.
fault-bad-command = Une commande est mal faite : { $command } ({ $reason }).
fault-unknown-indicator = Il n'y a pas de tel indicateur.
fault-bad-indicator-parameter = Un paramètre d'indicateur est hors limites.
fault-uneven-columns = Des colonnes de bougies n'ont pas la même longueur.
fault-unknown-chart-indicator = Les graphiques ne savent pas tracer { $name }.
fault-too-many-candles = Trop de bougies : { $candles } pour { $limit } au plus.
fault-backtest-no-candles = Il n'y a pas de bougies { $timeframe } pour le test.
fault-candles-unordered = Les bougies ne sont pas dans l'ordre du temps.
fault-strategy-halted = La stratégie a été arrêtée ({ $reason }).
fault-discord-sent-nonsense = Discord a répondu quelque chose qui n'a pas de sens.
fault-file-not-found = Il n'y a pas de fichier { $file }.
fault-file-unreadable = { $file } est illisible : { $reason }.
fault-file-unwritable = { $file } ne peut pas être écrit : { $reason }.
fault-csv-columns = Il manque des colonnes à { $file } : { $missing }.
fault-csv-value = { $file }, ligne { $line } : « { $value } » ne va pas dans la colonne { $column }.
fault-csv-candle = { $file }, ligne { $line } : aucune bougie ne peut être ainsi ({ $problem }).
fault-csv-broken = { $file }, ligne { $line } : le fichier est abîmé ({ $reason }).
fault-file-empty = { $file } ne contient aucune bougie.
fault-candles-contradict = { $file }, ligne { $line } : la bougie du { $at } figurait déjà avec d'autres prix.
fault-candles-out-of-order = { $file }, ligne { $line } : la bougie du { $at } vient après une bougie plus récente.
fault-backtest-cancelled = Le test a été annulé.
fault-backtest-running = Un de vos tests est déjà en cours. Attendez-le ou annulez-le.
fault-drift-too-many = Cette vie compte { $trades } transactions ; { $limit } au plus peuvent être comparées. Une remise à zéro en commence une autre.
fault-drift-running = Une de vos comparaisons est déjà en cours. Attendez-la.
fault-backtests-busy = { $limit } tests sont déjà en cours. Veuillez réessayer dans un instant.
fault-backtest-thread-ended = Le test s'est arrêté de façon inattendue ; c'est noté.
fault-range-empty = Il n'y a rien entre ces deux dates.
fault-no-candles = La bourse n'a encore aucune bougie { $timeframe } close de { $symbol }.
fault-simulator-symbol-invalid = Le simulateur ne peut pas lister { $symbol }.
fault-simulator-seed-differs = Le marché simulé enregistré a la graine { $stored }, pas { $asked }. Omettez --seed, ou choisissez un autre DATA_DIR.
fault-simulator-state-unreadable = L'état du simulateur dans { $file } est illisible.
fault-simulator-time-backwards = On a demandé au simulateur de reculer dans le temps.
fault-simulator-thread-ended = Le simulateur s'est arrêté.
fault-simulator-port-unavailable = Le simulateur ne peut pas écouter sur { $host }, port { $port }.
fault-simulator-candle-invalid = Une bougie prévue de { $symbol } n'est pas possible : { $reason }.
fault-http-token-missing = HTTP_TOKEN doit être défini pour écouter sur { $host }.
fault-http-port-in-use = Le port { $port } de { $host } est pris. Réglez HTTP_PORT autrement.
fault-http-address-refused = Impossible d'écouter sur { $host }, port { $port } : { $reason }.
fault-option-invalid = { $option } doit être { $expected }.
fault-env-file-unreadable = { $path } est illisible.
fault-database-url-invalid = DATABASE_URL n'est pas l'adresse d'une base PostgreSQL.
fault-database-unreachable = La base est injoignable : { $reason }.
fault-database-away = La base est absente. Veuillez réessayer dans un instant.
fault-database-closed = La base est fermée ; le service s'arrête.
fault-database-stopped = La base est fermée ; le service s'arrête.
fault-database-in-use = Un autre processus utilise la base dans { $dir }.
fault-database-unusable = La base dans { $dir } est inutilisable : { $reason }.
fault-commit-refused = La base a refusé un changement ; c'est noté.
fault-identity-taken = Ce compte est déjà lié à quelqu'un.
fault-too-many-tries = Trop de codes essayés. Veuillez attendre { $waitMs }.
fault-invite-invalid = Ce code n'est pas valable, ou a servi, ou est trop vieux.
fault-invite-too-long = Un code sert au plus { $maxMs }.
fault-link-invalid = Ce code n'est pas valable, ou a servi, ou a plus de cinq minutes. /link en montre un nouveau.
fault-link-own = Ce code est le vôtre : envoyez-le de l'autre plateforme.
fault-link-platform-taken = La personne qui a fait le code a déjà un autre compte { $platform }. Il faut d'abord y envoyer /unlink { $platform }.
fault-link-has-strategies = Ce compte a ses propres stratégies ou transactions, et deux histoires ne sont jamais réunies. Gardez les deux, ou faites le code ici et tapez-le là-bas.
fault-link-lower-role = La personne qui a fait le code peut moins que vous (il faut { $needed }). Faites plutôt le code ici et tapez-le là-bas.
fault-link-absent = Vous n'avez pas de compte { $platform } lié.
fault-link-last = C'est votre seul chemin vers moi. Liez d'abord une autre plateforme.
fault-not-yourself = Vous ne pouvez pas vous faire cela. Un autre administrateur le peut.
fault-not-kept = { $what ->
    [log] Aucun journal n'est gardé en mémoire ici.
   *[other] Rien ne peut être envoyé d'ici.
}
fault-text-empty = Il n'y a rien à dire.
fault-quiet-hours = « { $value } » ne sont pas des heures calmes. Écrivez par exemple 22:00-07:00, ou off.
fault-status-rhythm = « { $value } » n'est pas parmi { $choices }.
fault-time-of-day = « { $value } » n'est pas une heure. Écrivez par exemple 08:00, ou off.
fault-row-damaged = Une ligne enregistrée est incompréhensible ; c'est noté.
fault-schema-newer = La base vient d'une version plus récente : elle connaît { $migration }.

## Erreurs du langage des règles ; l'endroit est montré sous la phrase

rule-suggestion = Vouliez-vous dire « { $suggestion } » ?
rule-more-problems = { $more ->
    [one] Il y a encore un problème.
   *[other] Il y a encore { $more } problèmes.
}
fault-rule-too-long = La règle est trop longue : au plus { $limit } caractères.
fault-rule-forbidden-character = La règle contient un caractère qui ne se montre pas ({ $found }).
fault-rule-too-deep = Parenthèses ou conditions sont trop imbriquées : au plus { $limit }.
fault-rule-too-many-nodes = La règle est trop grande : au plus { $limit } conditions et nombres.
fault-rule-unexpected-character = « { $found } » ne veut rien dire dans une règle.
fault-rule-expected = { $found ->
    [none] La règle finit trop tôt.
   *[other] « { $found } » ne va pas ici.
} Attendu : { $expected ->
    [series] un nombre, un prix ou un indicateur
   *[other] { $expected }
}.
fault-rule-number-range = { $found } est un nombre trop grand : au plus { $limit }.
fault-rule-no-entry = La règle n'entre jamais : il lui faut « enter long when » ou « enter short when ».
fault-rule-exit-without-entry = Cette sortie ne peut pas arriver : il n'y a pas de « { $expected } ».
fault-rule-duplicate-clause = Cette clause est là une seconde fois.
fault-rule-percent-range = { $found } est hors limites ({ $expected } pour cent).
fault-rule-amount-range = { $found } est hors limites ({ $expected }).
fault-rule-duration-range = { $found } est hors limites ({ $expected }).
fault-rule-quote-asset = La mise se donne en { $expected }.
fault-rule-unknown-indicator = Il n'y a pas d'indicateur ni de prix « { $found } ».
fault-rule-not-an-indicator = « { $found } » n'est pas un indicateur et ne prend pas de paramètres.
fault-rule-unknown-output = { $indicator } n'a pas de sortie « { $found } » : { $expected }.
fault-rule-unknown-parameter = { $indicator } n'a pas de paramètre « { $found } » : { $expected }.
fault-rule-missing-parameter = { $indicator } a besoin de { $expected }.
fault-rule-too-many-parameters = { $indicator } prend au plus { $limit } paramètres.
fault-rule-duplicate-parameter = Ce paramètre de { $indicator } est donné deux fois.
fault-rule-parameter-order = Les paramètres sans nom viennent d'abord ({ $indicator }).
fault-rule-parameter-number = { $parameter } de { $indicator } doit être un simple nombre ({ $expected }).
fault-rule-parameter-integer = { $parameter } de { $indicator } doit être un nombre entier ({ $expected }).
fault-rule-parameter-range = { $parameter } de { $indicator } est hors limites : { $expected }.
fault-rule-source-first = La série que lit { $indicator } vient d'abord, avant ses paramètres.
fault-rule-no-source = { $indicator } lit des bougies entières ; il ne prend pas de série.
fault-rule-condition-expected = Il faut ici une condition, telle que « close > 100 ».
fault-rule-series-expected = Il faut ici un nombre, pas une condition.
fault-rule-constant = Cela ne change jamais : il faut un prix ou un indicateur.
fault-rule-unit = Les unités ne vont pas ensemble : il faut ici { $expected }.
fault-rule-exit-only = « { $found } » parle de la position ouverte et ne va que dans les sorties.
fault-rule-position-misplaced = « { $found } » ne se compare qu'à une simple valeur, comme « profit > 6% » ou « held > 12h ».
fault-rule-division-by-zero = Ceci divise par zéro.
fault-rule-unknown-timeframe = « { $found } » n'est pas une unité de temps : { $expected }.
fault-rule-timeframe-nested = Une unité de temps en contient une autre.
fault-rule-timeframe-shorter = Cette unité est plus courte que celle de la stratégie : { $expected }.
fault-rule-offset-mixed = Ceci mêle des unités de temps : le recul [n] doit porter sur chaque partie seule.
fault-rule-lookback-range = Le recul est hors limites : { $expected } bougies.
fault-rule-warmup-too-long = Ceci regarde trop loin en arrière : au plus { $limit } bougies en tout.
