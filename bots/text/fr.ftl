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
command-versions = Lister toutes les versions d'une règle
command-revert = Reprendre une version antérieure d'une règle
command-move = Faire suivre la règle actuelle à une position ouverte
command-share = Partager une stratégie sous forme de texte
command-import = Créer une stratégie à partir d'un texte partagé
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
command-chart = Voir un marché en image : bougies, indicateurs, vos transactions
command-equity = Voir en image l'évolution de votre argent fictif
command-backtest = Essayer une règle sur le passé
command-optimize = Chercher de meilleurs nombres pour une règle
command-drift = Voir si la réalité suit le rejeu
command-export = Recevoir toutes vos transactions closes en fichier CSV
command-status = Montrer l'état du service
command-daemon = Montrer l'état du service, ou redémarrer son moteur
command-version = Montrer la version en service
command-restart = Redémarrer le moteur
command-reload = Relire les stratégies enregistrées
command-ws = Montrer les connexions à la bourse
command-db = Montrer la taille de la base
command-logs = Montrer les dernières lignes du journal
command-subscribe = Envoyer régulièrement à ce groupe l'état du service
command-unsubscribe = Arrêter les messages d'état d'un groupe
command-subscriptions = Lister les groupes qui reçoivent les messages d'état
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
command-cancel = Mettre fin à une question, ou à ce qui tourne
command-dismiss = Annuler une question
command-undo_link = Retirer un compte lié

group-strategies = Stratégies
group-trading = Positions et transactions
group-figures = Chiffres
group-service = Service
group-people = Personnes
group-general = Général

option-page = numéro de page
option-strategy = numéro de la stratégie
option-chart-symbol = symbole tel que BTCUSDT, ou numéro d'une de vos stratégies
option-chart-indicators = indicateurs tels que ema(50) rsi(14) ; sinon ceux de votre stratégie
option-equity-strategy = numéro d'une stratégie ; toutes par défaut
option-toggle-target = numéro d'une stratégie, unité de temps, ou all
option-state = on ou off ; sans lui, l'état est inversé
option-position = numéro de la position, ou all
option-trade = numéro de la transaction
option-symbol = symbole, par exemple BTCUSDT
option-timeframe = unité de temps
option-name = un nom d'au plus 40 caractères
option-rule = la règle ; /help rules explique le langage
option-version = numéro de la version ; /versions les liste
option-import = le texte partagé ; symbol=ETHUSDT, timeframe=1h ou on peuvent le précéder
option-settle = last : solder au dernier prix connu ce que la bourse ne traite plus
option-judging = closed : une fois à la clôture ; live : aussi pendant la bougie
option-template = clé d'une règle fournie ; /templates les liste
option-scope = all, un symbole, ou le numéro d'une stratégie
option-duration = durée, par exemple 90m, 6h ou 2d
option-status = table pour les positions ouvertes, ou le numéro de l'une
option-daemon = status ou restart
option-period = day, week ou month
option-count = combien de lignes
option-by = ce que l'on compare
option-indicator = nom de l'indicateur, par exemple kst
option-backtest = numéro d'une stratégie, clé d'une règle fournie ou règle ; avec days=90 ou 1y
option-optimize = une règle avec des plages comme rsi({"{"}7..21{"}"}) ; symbol= et timeframe= peuvent la précéder
option-topic = une commande, rules, ou indicators
option-setting = ce que l'on change
option-value = la nouvelle valeur
option-user = numéro de la personne ; /users les liste
option-role = ce que la personne peut faire
option-invite-duration = durée du code, par exemple 12h ou 7d
option-suspend = on suspend, off lève
option-broadcast = ce qui est dit à tous
option-lines = combien de lignes
option-rhythm = à quel rythme : hourly (heure), daily (jour) ou 5m
option-channel = un canal, par exemple @nom ; sans rien, la discussion où vous êtes
option-chat = quelle discussion ; sans rien, celle où vous êtes
option-link-code = le code que montre une autre plateforme
option-platform = quelle plateforme
option-notify = de quoi il s'agit : un genre de message, all, ou quiet pour les heures calmes
option-notify-value = on, silent ou off ; status : hourly, daily, 5m ; daily : 08:00 ; quiet : 22:00-07:00
option-call = quelle question
option-account = le numéro du compte
option-optional = facultatif

## Boutons

button-yes = Oui, faites-le
button-cancel = Annuler
button-undo-link = Annuler la liaison
button-refresh = Actualiser
button-previous = Précédent
button-next = Suivant
button-show = Voir
button-revert = Revenir à la version { $version }
button-move = Basculer la position { $position }
button-why = Pourquoi ?
button-details = Détails
button-pause-strategy = Mettre en pause
button-strategy = Stratégie
button-status = État
button-trades = Transactions
button-profit = Profit
button-positions = Positions
button-subscriptions = Abonnements
button-end = Arrêter
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
column-version = V
column-rule = Règle
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
column-rhythm = Rythme

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
field-version = Version de règle
level-until = Au plus tard
level-none = aucun
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
field-free = Disponible
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
mode-tag-paper = FICTIF
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
exit-settled = soldée, plus traitée
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
told-service-status = Messages d'état
told-subscription-ended = Abonnements terminés
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
door-off = { $platform } : désactivé ({ $setting } n'est pas défini)
door-starting = { $platform } : connexion en cours
door-up = { $platform } : connecté depuis { $time }
door-up-as = { $platform } : connecté sous le nom { $name } depuis { $time }
door-retrying = { $platform } : pas de connexion depuis { $time }
door-next-try = prochain essai dans { $time }
door-failed = { $platform } : abandonné, le trading continue
door-stopped = { $platform } : arrêté
door-advice-bad-token = Le jeton n'est pas accepté. Copiez-le de nouveau, définissez { $setting } et redémarrez Vigie.
door-advice-second-poller = Un autre processus prend les messages de ce bot. Arrêtez-le et redémarrez Vigie ; chacun a besoin de son propre bot.
door-advice-forbidden-intents = Discord refuse un intent. Mettez Vigie à jour : il n'en demande aucun.
door-advice-too-many-servers = Le bot est sur trop de serveurs pour une seule connexion. Retirez-le de quelques-uns.
door-advice-outdated = Cette version est trop ancienne pour Discord. Mettez Vigie à jour.
door-advice-webhook-port = Le port du webhook n'est pas disponible. Voyez TELEGRAM_WEBHOOK_HOST et TELEGRAM_WEBHOOK_PORT.
door-advice-webhook-refused = Telegram n'accepte pas l'adresse. Voyez TELEGRAM_WEBHOOK_URL ; le journal dit pourquoi.
door-advice-webhook-unreached = Telegram n'atteint pas TELEGRAM_WEBHOOK_URL. Voyez ce qui se trouve devant ; le journal cite Telegram.
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
versions-title = { $strategy } : versions de sa règle
versions-count = { $count ->
    [one] Une version
   *[other] { $count } versions, la { $version } est en vigueur
}
versions-hint = /revert { $number } V reprend la version V. Une transaction compte pour la dernière version suivie par sa position.
follows-version = La position { $position } suit encore la version { $version } de la règle (actuelle : { $newer }). /move { $number } la fait basculer.
position-not-traded = Position { $position } : la bourse ne traite plus { $symbol }. /close { $number } la solde au dernier prix connu.
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
chart-high = Plus haut
chart-low = Plus bas
equity-title = Capital { $strategies ->
    [one] d'une stratégie
   *[other] de { $strategies } stratégies
}
equity-title-strategy = Capital de { $strategy }
equity-note = Argent fictif : transactions closes des vies en cours, positions ouvertes au prix actuel.
picture-rising = bougie en hausse
picture-falling = bougie en baisse
picture-price = prix
picture-volume = volume
picture-long = entrée à la hausse
picture-short = entrée à la baisse
picture-win = sortie en gain
picture-loss = sortie en perte
picture-stop = stop
picture-target = objectif
picture-start = départ
picture-hold = acheter et garder
picture-equity = capital
picture-this-rule = cette règle
picture-equity-now = Capital
picture-drawdown = repli sous le plus haut atteint
picture-in-sample = pour ajuster
picture-out-of-sample = hors ajustement
picture-signal = bougie du signal
picture-ending = Fin
picture-open = encore ouverte
picture-best = Meilleur moment
picture-worst = Pire moment
picture-note = Vigie · argent fictif
picture-trade-note = Vigie · argent fictif · une bougie dure { $length } · moments avant frais
picture-backtest-note = { $span } · le passé dit peu de l'avenir
picture-trades = Transactions
picture-saved = Image : { $path }
picture-not-saved = L'image n'a pas pu être enregistrée.
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
optimize-title = Recherche : { $symbol } { $timeframe }
optimize-verdict = Hors échantillon, la meilleure de { $tried } règles a fait { $out }, { $trades ->
    [0] sans transaction
    [one] avec une transaction
   *[other] avec { $trades } transactions
} ; dans l'échantillon { $in }. Le milieu des plages a fait { $middle } hors échantillon.
optimize-luck = La meilleure de beaucoup a aussi de la chance : sans aucun talent, la meilleure de { $tried } montrerait un ratio de Sharpe d'environ { $lucky } hors échantillon ; celle-ci montre { $sharpe }. Probabilité que ce soit plus que de la chance : { $confidence }.
optimize-luck-unknown = La meilleure de beaucoup a aussi de la chance. La part de la chance ne peut pas être dite : { $why }.
optimize-best-in = Élue, éch.
optimize-best-out = Élue, hors
optimize-middle-in = Milieu, éch.
optimize-middle-out = Milieu, hors
optimize-ranking = Les meilleures hors échantillon
optimize-windows = Ce que chaque fenêtre a choisi dans l'échantillon, et la suite
column-in = Éch.
column-out = Hors
column-values = Valeurs
optimize-tried = { $combinations ->
    [0] Les { $tried } règles que permettent les plages ont toutes été essayées
   *[other] { $tried } règles sur { $combinations } ont été essayées, tirées au sort ; toujours les mêmes
}
optimize-winners = { $share } d'entre elles ont gagné hors échantillon
optimize-chosen = Choisir à nouveau dans chaque fenêtre aurait fait { $result } hors échantillon
optimize-next = /backtest avec la règle ci-dessus la teste en entier
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
status-own = { $active ->
    [one] { $active } active
   *[other] { $active } actives
} sur { $strategies }, { $openPositions ->
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
subscriptions-title = { $count ->
    [one] Une discussion reçoit les messages d'état
   *[other] { $count } discussions reçoivent les messages d'état
}
subscriptions-none = Aucun groupe ni salon ne reçoit les messages d'état. Envoyez /subscribe dans l'un d'eux.
subscriptions-hint = /subscribe et /unsubscribe s'envoient dans le groupe ou le salon lui-même.
me-hint = /link ajoute une plateforme, /unlink en retire une, /notify règle ce qui vous est dit.
notify-title = Ce qui vous est dit
notify-hint = Pour changer : /notify exit on, /notify all silent, /notify quiet 22:00-07:00, /notify status hourly, /notify daily 08:00. Aux heures calmes, les messages viennent sans bruit.

## Pourquoi

why-candle = Sur la bougie close à { $time } :
why-no-candle = Aucune bougie n'a encore clos depuis le départ.
why-section = { $section } : { $truth }
why-values = ({ $left } / { $right })
why-free = Rien n'empêche une entrée.
why-edge = Une entrée se fait quand sa condition devient vraie ; tant qu'elle le reste, aucune ne suit.
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
created-quietly = { $strategy } est prête pour { $symbol } { $timeframe }, en fictif
created-next = Elle est active et agira une fois chauffée. /why { $number } montre ce qu'elle voit.
created-off = Elle est coupée. /toggle { $number } on la laisse agir, /backtest { $number } l'essaie sur le passé.
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
edited-position = La position { $position } garde la version { $version } de la règle jusqu'à sa clôture ou sa bascule.
deleted = { $strategy } est supprimée
deleted-history = Ses transactions et ses vies sont gardées.
reset = { $strategy } repart de zéro
reset-run = La vie { $started } commence avec un portefeuille neuf. L'histoire de la vie { $ended } est gardée.
position-closed = La position { $position } a été fermée au prix du marché.
position-settled = La position { $position } a été soldée au dernier prix connu, { $price }.
moved = La position { $position } suit maintenant la version { $version }
moved-leaves = Elle sort au prochain prix : { $reason }.
share-title = { $strategy }, à transmettre
share-hint = /import suivi de ce texte recrée la même stratégie n'importe où. Son empreinte est { $fingerprint }.
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
subscribed = « { $title } » recevra l'état du service { $rhythm }. Le premier message est en route ; /unsubscribe arrête.
unsubscribed = « { $title } » ne recevra plus de messages d'état.
invited = Un code pour un { $role }
invited-how = Transmettez-le : qui envoie le premier cette ligne au bot est admis. Il sert une fois, jusqu'au { $until }, et n'est plus montré.
link-invite-telegram = Sur Telegram, ce lien suffit :
link-account-discord = Sur Discord, ce lien m'ajoute à un compte, pour m'y envoyer la ligne :
link-group-telegram = Ce lien m'ajoute à un groupe Telegram :
link-group-discord = Ce lien m'ajoute à un serveur Discord :
suspended-on = { $name } est suspendu : ses stratégies n'entrent plus et gardent leurs stops.
suspended-off = { $name } n'est plus suspendu.
role-changed = { $name } est maintenant { $role }.
broadcast-done = { $count ->
    [one] Une personne est prévenue.
   *[other] { $count } personnes sont prévenues.
}
link-title = Lier une autre plateforme
link-how = Envoyez-moi cette ligne en privé sur l'autre plateforme d'ici { $time }. Elle sert une fois ; ne la montrez à personne.
linked = Ce compte est maintenant à { $name } : vous voyez les mêmes stratégies partout. /help montre ce qui peut se faire.
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
confirm-settle = La bourse ne traite plus { $symbol } : la position { $position } ne peut pas être vendue. Elle serait soldée au dernier prix connu, { $price } du { $time }, moins glissement et frais, et la transaction le dira.
confirm-revert = Rendre à { $strategy } la règle de la version { $version }, comme version { $next } ?
confirm-move = Faire suivre à la position { $position } la version { $version } de la règle ?
move-entry = Entrée { $side } à { $entry }, maintenant { $last }
move-reached = Le prix a déjà dépassé un nouveau niveau : la position sort au prochain prix ({ $reason }).
confirm-import = Importer « { $name } » pour { $symbol } { $timeframe } ?
import-judging = Jugée { $judging }.
import-instead = Au lieu de { $of }, comme le dit le texte.
import-on = Elle sera active.
import-off = Elle sera coupée ; écrivez on devant le texte pour la laisser agir aussitôt.
import-fingerprint = Empreinte { $fingerprint } : telle que partagée.
import-altered = Ce texte a été modifié depuis son partage : son empreinte est { $stated }, son contenu donne { $actual }. Ce qu'il dit maintenant :
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
operator-link-telegram = Telegram connaît ce bot sous le nom { $name }. Ce lien fait de vous son administrateur : { $url }
operator-link-discord = Discord connaît ce bot sous le nom { $name }. Ajoutez-le à votre compte, puis envoyez-lui la ligne ci-dessus : { $url }

## Discussions

stranger = Ce bot ne sert que les personnes invitées. Si vous avez un code d'invitation, envoyez : /start CODE
stale-command = Ce message avait plus de { $minutes } minutes en m'arrivant : rien n'a été fait. Merci de le renvoyer.
stale-button = Cet appui m'est parvenu trop tard : rien n'a été fait. Merci d'appuyer à nouveau.
answered-in-private = Je vous ai répondu dans notre discussion privée.
private-chat-needed = Je ne réponds à cela qu'en privé. Merci de m'y écrire d'abord.
messages-missed = { $count ->
    [one] Un message pour vous n'a pas pu être remis ici.
   *[other] { $count } messages pour vous n'ont pas pu être remis ici.
}
messages-console = /trades montre ce qui s'est passé.
messages-telegram = Désormais ils arrivent de nouveau ; /trades montre ce qui s'est passé.
messages-discord = Vous n'acceptez pas mes messages privés : autorisez les messages privés de ce serveur, ou ajoutez-moi à votre compte. /trades montre ce qui s'est passé.

## Avis

notice-entry = { $mode } · Ouverture { $position } { $symbol } { $side }
notice-size = Mise { $stake } à { $price }
notice-stop = Stop { $price } ({ $distance })
notice-take = Objectif { $price } ({ $distance })
notice-strategy = Stratégie { $strategy }
notice-exit = { $mode } · Clôture { $trade } { $symbol } { $percent } ({ $pnl })
notice-path = { $from } → { $to }, tenue { $held }
notice-reason = Sortie : { $reason }
notice-during-outage = Décidée sur des bougies cherchées après une coupure.
notice-today = Aujourd'hui { $pnl } ({ $won ->
    [one] { $won } gagnée
   *[other] { $won } gagnées
}, { $lost ->
    [one] { $lost } perdue
   *[other] { $lost } perdues
})
notice-that-day = Ce jour-là { $pnl } ({ $won ->
    [one] { $won } gagnée
   *[other] { $won } gagnées
}, { $lost ->
    [one] { $lost } perdue
   *[other] { $lost } perdues
})
notice-entry-blocked = { $mode } · { $strategy } n'est pas entrée sur { $symbol }
notice-halted = { $mode } · { $strategy } a été arrêtée
notice-halted-next = Sa position ouverte reste gérée par ses stops. /toggle { $number } on la relance.
notice-pause-over = La pause est finie : { $scope }
notice-run-reset = { $mode } · { $strategy } a commencé la vie { $run }
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
notice-service-feeds = En marche depuis { $uptime }, { $up }/{ $all } connexions{ $lag ->
    [none] { "" }
   *[other] , retard du flux { $lag } ms
}
notice-service-strategies = { $active } stratégies actives sur { $total }, { $positions ->
    [one] une position ouverte
   *[other] { $positions } positions ouvertes
}
notice-service-work = { $analyses } analyses, { $trades ->
    [0] aucune transaction aujourd'hui
    [one] une transaction aujourd'hui
   *[other] { $trades } transactions aujourd'hui
}
notice-subscription-ended = { $platform } : « { $title } » ne reçoit plus de messages d'état
notice-chat-forbidden = Je n'ai plus le droit d'y écrire.
notice-chat-gone = La discussion n'existe plus, ou j'en ai été retiré.
notice-subscription-next = Laissez-moi revenir et envoyez-y /subscribe pour continuer.
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
notice-linked-as = Compte { $platform } { $account } lié
notice-linked-next = Il voit et fait ce que vous pouvez. Si ce n'était pas vous, envoyez tout de suite /unlink { $name }.

## Questions pour ce qui manque

ask-option = Il manque encore : { $description }.
ask-choose = Touchez un choix, ou écrivez-le. /cancel met fin à la question.
ask-choose-word = Écrivez l'un de ces choix, tel qu'il est en début de ligne. /cancel met fin à la question.
ask-write = Écrivez-le dans un message. /cancel met fin à la question.
ask-strategy = Quelle stratégie ?
ask-toggle-target = Que faut-il activer ou couper ?
ask-position = Quelle position faut-il fermer ?
ask-trade = Quelle transaction ?
ask-template = Quelle règle fournie ?
ask-name = Quel nom lui donner ?
ask-symbol = Sur quel symbole ? Par exemple BTCUSDT.
ask-timeframe = Quelle unité de temps ? La règle est jugée chaque fois qu'une telle bougie se clôt.
ask-rule = Quelle est la règle ? Partez d'un exemple ou écrivez la vôtre : quand entrer et quand sortir, par exemple « enter long when rsi(14) < 30 exit long when rsi(14) > 70 stop 2% ». /help rules explique le langage.
ask-judging = Jugée à la clôture de la bougie, ou aussi pendant qu'elle se forme ?
ask-indicator = Quel indicateur ?
ask-backtest = Que faut-il tester ? Le numéro d'une stratégie, la clé d'une règle fournie, ou le texte d'une règle.
cancelled = Arrêté : { $commands }.
nothing-to-cancel = Il n'y a rien à annuler : aucune question en attente, rien en cours.

## Une règle en toutes lettres

words-title = En toutes lettres :
words-enter-long = Achète quand { $condition }.
words-exit-long = Revend quand { $condition }.
words-enter-short = Vend à découvert quand { $condition }.
words-exit-short = Rachète quand { $condition }.
words-and = et
words-or = ou
words-not-all = tout ceci n'est pas vrai à la fois : ({ $conditions })
words-not-any = rien de ceci n'est vrai : ({ $conditions })
words-above = { $left } dépasse { $right }
words-below = { $left } est sous { $right }
words-at-least = { $left } atteint ou dépasse { $right }
words-at-most = { $left } est sous { $right } ou l'égale
words-cross-above = { $left } franchit { $right } à la hausse
words-cross-below = { $left } franchit { $right } à la baisse
words-rising = { $candles ->
    [one] { $series } a monté à la dernière bougie
   *[other] { $series } a monté à chacune des { $candles } dernières bougies
}
words-falling = { $candles ->
    [one] { $series } a baissé à la dernière bougie
   *[other] { $series } a baissé à chacune des { $candles } dernières bougies
}
words-not-above = { $left } ne dépasse pas { $right }
words-not-below = { $left } n'est pas sous { $right }
words-not-at-least = { $left } n'atteint ni ne dépasse { $right }
words-not-at-most = { $left } n'est ni sous { $right } ni à égalité
words-not-cross-above = { $left } ne franchit pas { $right } à la hausse
words-not-cross-below = { $left } ne franchit pas { $right } à la baisse
words-not-rising = { $candles ->
    [one] { $series } n'a pas monté à la dernière bougie
   *[other] { $series } n'a pas monté à chacune des { $candles } dernières bougies
}
words-not-falling = { $candles ->
    [one] { $series } n'a pas baissé à la dernière bougie
   *[other] { $series } n'a pas baissé à chacune des { $candles } dernières bougies
}
words-price-open = le cours d'ouverture
words-price-high = le plus haut
words-price-low = le plus bas
words-price-close = le cours
words-price-volume = le volume
words-price-hl2 = la moyenne du plus haut et du plus bas
words-price-hlc3 = la moyenne du plus haut, du plus bas et de la clôture
words-price-ohlc4 = la moyenne de l'ouverture, du plus haut, du plus bas et de la clôture
words-profit = le profit
words-held = la durée de détention
words-offset = { $candles ->
    [one] { $series } une bougie plus tôt
   *[other] { $series } { $candles } bougies plus tôt
}
words-at = { $series } en { $timeframe }
words-source = { $indicator } sur { $series }
words-output = { $output } de l'indicateur { $indicator }
output-macd = la ligne
output-signal = la ligne de signal
output-histogram = l'histogramme
output-middle = la ligne médiane
output-upper = la ligne haute
output-lower = la ligne basse
output-width = la largeur
output-percent = le pourcentage
output-k = la ligne %K
output-d = la ligne %D
output-adx = la force
output-plus = la ligne plus
output-minus = la ligne moins
output-up = la ligne de hausse
output-down = la ligne de baisse
output-oscillator = l'oscillateur
output-conversion = la ligne de conversion
output-base = la ligne de base
output-spana = la ligne A
output-spanb = la ligne B
output-line = la ligne
output-direction = la direction
words-stop = un stop à { $percent }
words-take = un objectif à { $percent }
words-trail = un stop suiveur à { $percent } du meilleur cours
words-trail-after = un stop suiveur à { $percent } du meilleur cours dès que le profit atteint { $after }
words-max = une durée limite de { $held }
words-protections = Protégée par { $parts }.
words-no-exit = Sans règle de sortie, une position reste ouverte jusqu'à sa fermeture à la main.
words-cooldown = Se repose { $time } après chaque transaction.
words-size = Mise { $size } à chaque fois.
words-size-all = Mise tout son portefeuille à chaque fois.
words-size-share = Mise { $percent } de son portefeuille à chaque fois.

## Aperçu d'une stratégie

draft-title = { $name } sur { $symbol } { $timeframe }, pas encore créée
draft-edit-title = { $strategy } avec une autre règle, pas encore changée
draft-edit-before = Elle remplace :
draft-lately = { $count ->
    [0] Sur les derniers { $span }, elle ne serait pas entrée une seule fois : une entrée se fait quand sa condition devient vraie, pas tant qu'elle le reste.
    [one] Sur les derniers { $span }, elle serait entrée une fois, le { $last }.
   *[other] Sur les derniers { $span }, elle serait entrée { $count } fois, la dernière le { $last } : { $often }.
}
draft-often-month = { $count ->
    [one] environ une fois par mois
   *[other] environ { $count } fois par mois
}
draft-often-rarely = moins d'une fois par mois
draft-unknown = On ne sait pas combien de fois elle serait entrée : { $reason }
draft-incomplete = La bourse est injoignable : seules les bougies enregistrées ont été regardées.
draft-ask = Faut-il la créer ?
draft-edit-ask = Faut-il la changer ? Une position ouverte garde la règle de son ouverture.
button-choose = Choisir une règle fournie
button-create = Créer
button-change = Changer
button-backtest = Tester
button-new = Écrire une règle
progress-fetching = Chargement des bougies, { $percent } %
progress-testing = Test en cours, { $percent } %
progress-begin = C'est en cours
ask-again = Répondez à nouveau. /cancel met fin à la question.
ask-again-known = { $known } : c'est gardé. Répondez à nouveau. /cancel met fin à la question.

## Erreurs

fault-unexpected = Quelque chose s'est mal passé ici ; c'est noté. Veuillez réessayer.
fault-unknown = Cela n'a pas marché ({ $code }).
fault-unknown-command = Il n'y a pas de commande « { $name } ». { $suggestion ->
    [none] /help les liste toutes.
   *[other] Vouliez-vous dire /{ $suggestion } ?
}
fault-rate-limited = C'était trop rapide. Veuillez attendre { $waitMs }.
fault-private-only = Cette commande ne marche qu'en conversation privée.
fault-group-only = Cette commande s'envoie dans un groupe ou un salon de serveur, pour cette discussion ; pour un canal Telegram, écrivez /subscribe hourly @nom.
fault-chat-not-writable = Je n'ai pas le droit d'écrire dans ce salon. Ajoutez-moi au serveur avec les permissions « Voir le salon » et « Envoyer des messages », puis réessayez.
fault-chat-unknown = Je ne trouve pas de discussion « { $chat } ». Écrivez le @nom d'un canal dont je suis administrateur, ou envoyez /subscribe dans la discussion elle-même.
fault-not-subscribed = Cette discussion ne reçoit pas de messages d'état. /subscriptions liste celles qui en reçoivent.
fault-too-many-subscriptions = { $limit } discussions reçoivent déjà les messages d'état ; arrêtez-en une d'abord.
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
fault-option-date = « { $value } » n'est pas un jour : écrivez par exemple { $option }=2024-06-30.
fault-not-found = { $what ->
    [strategy] Vous n'avez pas de stratégie #{ $number }. /strategies liste les vôtres.
    [position] Vous n'avez pas de position ouverte #{ $number }. /positions liste les vôtres.
    [user] Il n'y a pas de personne #{ $number }. /users les liste.
    [trade] Vous n'avez pas de transaction #{ $number }. /trades liste les vôtres.
    [version] Il n'y a pas de version { $number }. /versions les liste.
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
fault-not-traded = La bourse ne traite pas ce symbole maintenant. Si cela dure depuis une heure, la position peut être soldée à son dernier prix connu : répétez la commande, ou ajoutez-y le mot last.
fault-version-in-force = La règle est déjà celle de la version { $version }.
fault-no-position = Cette stratégie n'a pas de position ouverte.
fault-rule-followed = La position suit déjà la règle actuelle.
fault-position-leaving = La position est déjà en train de se fermer.
fault-rule-unreadable = La règle de la stratégie n'est plus lisible. Donnez-lui d'abord une autre : /edit { $number } …
fault-move-needs-price = Il n'y a pas de prix frais auquel comparer les nouveaux niveaux. Veuillez réessayer dans un instant.
fault-share-too-long = Ce texte est trop long : { $limit } caractères au plus.
fault-share-unreadable = Ce n'est pas une stratégie partagée : elle commence par « vigie-strategy ». /share en fait une.
fault-share-newer = Ce texte est au format { $version } ; ce service lit le format { $known }.
fault-share-incomplete = Le texte partagé n'est pas complet : il manque « { $part }: ». Veuillez tout copier.
fault-share-value = « { $value } » ne peut pas suivre « { $part }: » dans un texte partagé.
fault-share-altered = Ce texte a été modifié depuis son partage : son empreinte est { $stated }, son contenu donne { $actual }. Pour l'importer quand même, écrivez changed devant.
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
fault-chart-indicator = « { $text } » n'est pas un indicateur à tracer. Essayez : ema(50) rsi(14) bb(20, 2)
fault-chart-too-many-indicators = Une image montre { $limit } indicateurs au plus.
fault-no-equity = Vous n'avez pas encore de stratégie, donc pas de capital à montrer. /adopt ou /new en lance une.
fault-picture-unavailable = Cette machine ne peut pas dessiner d'images : { $reason }
fault-pictures-busy = { $limit } images attendent déjà d'être dessinées. Réessayez dans un instant.
fault-too-many-candles = Trop de bougies : { $candles } pour { $limit } au plus. Une durée plus courte ou une unité de temps plus longue convient.
fault-backtest-no-candles = Il n'y a pas de bougies { $timeframe } pour le test.
fault-optimize-too-short = { $candles } bougies, c'est trop peu pour une recherche : il en faut au moins { $least }.
fault-rule-without-range = Marquez dans la règle les nombres à chercher, par exemple rsi({"{"}7..21{"}"}) < {"{"}20..40:5{"}"} ou stop {"{"}1..4:0.5{"}"}%.
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
fault-cancelled = Cela a été annulé.
fault-backtest-cancelled = Le test a été annulé.
fault-backtest-running = Un test, une recherche ou une comparaison à vous est déjà en cours. Attendez la fin, ou arrêtez avec /cancel.
fault-drift-too-many = Cette vie compte { $trades } transactions ; { $limit } au plus peuvent être comparées. Une remise à zéro en commence une autre.
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
fault-rule-range-misplaced = Les plages comme { $found } sont réservées à /optimize : écrivez ici un seul nombre.
fault-rule-range-form = « { $found } » n'est pas une plage : écrivez {"{"}7..21{"}"}, ou {"{"}1..4:0.5{"}"} avec un pas.
fault-rule-range-unit = Les nombres de { $found } n'ont pas la même unité.
fault-rule-range-order = { $found } commence au-dessus de sa fin.
fault-rule-range-step = { $found } demande un pas supérieur à 0, après deux points : {"{"}0.1..0.9:0.2{"}"}.
fault-rule-range-values = { $found } a trop de valeurs : au plus { $limit }.
fault-rule-range-count = Il y a trop de plages : au plus { $limit }.
fault-rule-range-combinations = Les plages jusqu'ici permettent trop de règles : au plus { $limit }.
