### Every sentence people read, in English. Other languages have the same keys.
### Arguments arrive formatted for the reader, but for counts, which choose plural forms.

## Commands

command-strategies = List your strategies
command-strategy = Show one strategy with all its figures
command-why = Show why a strategy does or does not trade now
command-toggle = Switch a strategy, a timeframe or all on or off
command-new = Make a strategy from a rule
command-edit = Give a strategy another rule
command-rename = Rename a strategy
command-judging = Judge a rule on closed candles only, or live
command-copy = Copy a strategy, to another symbol if you like
command-versions = List every version of a strategy's rule
command-revert = Take up an earlier version of a rule
command-move = Let an open position follow the present rule
command-share = Give a strategy away as text
command-import = Make a strategy from a shared text
command-templates = List the built-in rules
command-template = Show a built-in rule
command-adopt = Run a built-in rule, or all of them
command-reset = Start a strategy afresh with a new wallet
command-delete = Remove a strategy; its history is kept
command-positions = List your open positions
command-trades = List your closed trades
command-trade = Show one trade or open position
command-close = Close a position, or all, at the market price
command-pause = Stop new entries, for a while or until you resume
command-resume = Allow entries again
command-balance = Show what your paper wallets are worth
command-profit = Show profit, in all or by day, week or month
command-performance = Compare strategies, symbols or exit reasons
command-indicator = Show an indicator on the newest candles
command-chart = See a market as a picture: candles, indicators, your trades
command-equity = See how your paper money went, as a picture
command-backtest = Try a rule on the past
command-optimize = Search for better numbers in a rule
command-drift = See whether reality agrees with a replay
command-export = Get all your closed trades as a CSV file
command-status = Show how the service is doing
command-daemon = Show how the service is doing, or restart its engine
command-version = Show the running version
command-restart = Restart the engine
command-reload = Read strategies from storage again
command-ws = Show the connections to the exchange
command-db = Show how large the database is
command-logs = Show the newest lines of the log
command-subscribe = Send this group how the service is, every so often
command-unsubscribe = End the status messages of a group
command-subscriptions = List the groups that get status messages
command-invite = Make a code that lets one person in
command-users = List the people here
command-suspend = Suspend a person, or end it; their stops stay
command-role = Give a person another role
command-broadcast = Tell everybody something
command-me = Show who you are here, on every platform
command-link = Reach your strategies from another platform
command-unlink = Take a platform off your account
command-notify = Choose what you are told, how loud, and when
command-help = Show help
command-settings = Show or change your name, time zone and language
command-cancel = End a question, or what is running
command-dismiss = Cancel a question
command-undo_link = Take an account off again

group-strategies = Strategies
group-trading = Positions and trades
group-figures = Figures
group-service = Service
group-people = People
group-general = General

option-page = page number
option-strategy = number of the strategy
option-chart-symbol = symbol such as BTCUSDT, or the number of a strategy of yours
option-chart-indicators = indicators such as ema(50) rsi(14); those of your strategy there if left out
option-equity-strategy = number of one strategy; all of them if left out
option-toggle-target = a strategy's number, a timeframe, or all
option-state = on or off; left out, it is turned over
option-position = number of the position, or all
option-trade = number of the trade
option-symbol = symbol, for example BTCUSDT
option-timeframe = timeframe
option-name = a name of at most 40 characters
option-rule = the rule; /help rules explains the language
option-version = number of the version; /versions lists them
option-import = the shared text; symbol=ETHUSDT, timeframe=1h or on may stand before it
option-settle = last: settle at the last known price what the exchange no longer trades
option-judging = closed: once when the candle closes; live: also while it forms
option-template = key of a built-in rule; /templates lists them
option-scope = all, a symbol, or a strategy's number
option-duration = how long, for example 90m, 6h or 2d
option-status = table for the open positions, or the number of one
option-daemon = status or restart
option-period = day, week or month
option-count = how many rows
option-by = what to compare
option-indicator = name of the indicator, for example kst
option-backtest = a strategy's number, a built-in rule's key or a rule; with days=90 or 1y if you like
option-optimize = a rule with ranges such as rsi({"{"}7..21{"}"}); symbol= and timeframe= may stand before it
option-topic = a command, rules, or indicators
option-setting = what to change
option-value = the new value
option-user = number of the person; /users lists them
option-role = what the person may do
option-invite-duration = how long the code works, for example 12h or 7d
option-suspend = on suspends, off ends it
option-broadcast = what everybody is told
option-lines = how many lines
option-rhythm = how often: hourly, daily or 5m
option-channel = a channel, for example @name; left out, the chat you are in
option-chat = which chat; left out, the one you are in
option-link-code = the code that another platform has shown you
option-platform = which platform
option-notify = what it is about: a kind of message, all, or quiet for quiet hours
option-notify-value = on, silent or off; status: hourly, daily or 5m; daily: 08:00; quiet: 22:00-07:00
option-call = which question
option-account = the number of the account
option-optional = optional

## Buttons

button-yes = Yes, do it
button-cancel = Cancel
button-undo-link = Undo
button-refresh = Refresh
button-previous = Previous
button-next = Next
button-show = Show
button-revert = Back to version { $version }
button-move = Move position { $position } over
button-why = Why?
button-details = Details
button-pause-strategy = Pause strategy
button-strategy = Strategy
button-status = Status
button-trades = Trades
button-profit = Profit
button-positions = Positions
button-subscriptions = Subscriptions
button-end = End
button-on = Switch on
button-off = Switch off
button-reset = Reset
button-close = Close
button-close-all = Close all
button-resume = Resume now
button-strategies = Strategies
button-templates = Built-in rules
button-adopt = Adopt
button-adopt-all = Adopt all { $count }
button-by-day = By day
button-by-week = By week
button-by-month = By month
button-rules = Rule language
button-indicators = Indicators
button-all-on = All aloud
button-all-silent = All silent
button-all-off = All off
button-status-hourly = Status every hour
button-status-never = No status
button-daily-on = Daily report at 8
button-daily-off = No daily report
button-quiet-on = Quiet from 22 to 7
button-quiet-off = No quiet hours

## Columns and fields

column-name = Name
column-symbol = Symbol
column-timeframe = TF
column-state = State
column-pnl = PnL
column-percent = PnL %
column-trades = Trades
column-run = Run
column-version = V
column-rule = Rule
column-from = From
column-until = Until
column-side = Side
column-age = Age
column-entry = Entry
column-last = Last
column-stop = Stop
column-strategy = Strategy
column-exit = Exit
column-closed = Closed
column-held = Held
column-time = Time
column-price = Price
column-amount = Amount
column-fee = Fee
column-fees = Fees
column-period = Period
column-won = Won
column-return = Return
column-best = Best
column-worst = Worst
column-by-day = Day
column-by-week = Week
column-by-month = Month
column-by-strategy = Strategy
column-by-symbol = Symbol
column-by-exit-reason = Exit
column-lag = Lag
column-symbols = Symbols
column-reconnects = Lost
column-messages = Messages
column-reason = Last loss
column-key = Key
column-indicator = Indicator
column-outputs = Outputs
column-meaning = Meaning
column-output = Output
column-before = { $count } before
column-figure = Figure
column-whole = Whole
column-real = Real
column-replay = Replay
column-difference = Diff.
column-signal = Signal
column-out-of-sample = Last 30 %
column-role = Role
column-strategies = Strategies
column-platforms = Reached by
column-since = Here since
column-topic = About
column-wish = Told
column-table = Table
column-rows = Rows
column-rhythm = Told

field-symbol = Symbol
field-mode = Mode
field-state = State
field-judging = Judging
field-equity = Equity
field-pnl = PnL of the run
field-realised = Realised
field-unrealised = Unrealised
field-fees = Fees
field-trades = Trades
field-run = Run
field-version = Rule version
level-until = At the latest
level-none = none
field-active-time = Time active
field-position = Position
field-template = Template
field-profit = Profit
field-stake = Stake
field-amount = Amount
field-entry = Entry
field-exit = Exit
field-reason = Reason
field-held = Held
field-last = Last price
field-stop = Stop loss
field-take = Take profit
field-trailing = Trailing stop
field-strategy = Strategy
field-free = Free
field-starting = Started with
field-best = Best trade
field-worst = Worst trade
field-uptime = Up for
field-own = Yours
field-strategies = Strategies
field-timeframes = Timeframes
field-open-positions = Open positions
field-analyses = Analyses
field-symbols = Symbols
field-connections = Connections
field-outbox = Waiting messages
field-name = Name
field-role = Role
field-time-zone = Time zone
field-language = Language
field-since = Here since
field-status-messages = Status messages
field-daily-report = Daily report
field-quiet-hours = Quiet hours

## Words

side-long = long
side-short = short
mode-paper = paper
mode-tag-paper = PAPER
judging-closed = on closed candles
judging-live = live, on the forming candle
state-on = on
state-off = off
state-halted = halted
state-warming-up = warm-up
state-suspended = suspended
warmup-left = { $candles ->
    [one] warming up, one candle to go
   *[other] warming up, { $candles } candles to go
}
exit-rule = rule
exit-stop_loss = stop loss
exit-take_profit = take profit
exit-trailing_stop = trailing stop
exit-max_hold = time limit
exit-liquidation = liquidation
exit-manual = by hand
exit-reset = reset
exit-settled = settled, no longer traded
exit-other = other
role-viewer = viewer
role-trader = trader
role-admin = administrator
platform-console = Terminal
platform-telegram = Telegram
platform-discord = Discord
wish-on = aloud
wish-silent = silent
wish-off = off
rhythm-never = never
rhythm-daily = once a day
rhythm-hourly = every hour
rhythm-5m = every 5 minutes
topic-entry = a position was opened
topic-exit = a position was closed
topic-blocked = an entry was refused
topic-halted = a strategy was halted
topic-pause-over = a pause has ended
topic-reset = a strategy started afresh
topic-recovery = the service is back after an outage
topic-feed = the market feed is disturbed or back
topic-status = how the service is doing
topic-daily = the trades of the last day
told-entry = Positions opened
told-exit = Positions closed
told-entry-blocked = Entries refused
told-strategy-halted = Strategies halted
told-pause-over = Pauses ended
told-run-reset = Strategies started afresh
told-recovery-receipt = Outages
told-feed-degraded = Disturbances of the market feed
told-feed-healed = Returns of the market feed
told-status-report = Status messages
told-service-status = Status messages
told-subscription-ended = Subscriptions ended
told-daily-report = Daily reports
told-digest = Summaries
told-broadcast = Announcements
told-account-linked = Linked accounts
period-today = Today
period-week = 7 days
period-month = 30 days
period-all = In all
figure-net = Net profit
figure-hold = Buy & hold
figure-cagr = A year
figure-drawdown = Drawdown
figure-sharpe = Sharpe
figure-sortino = Sortino
figure-win-rate = Win rate
figure-profit-factor = Profit factor
figure-exposure = Exposure
missing-needs-30-trades = 30 trades are needed
missing-needs-30-days = 30 days are needed
missing-needs-a-trade = a trade is needed
missing-no-losing-trade = no trade lost
missing-no-winning-trade = no trade won
missing-no-losing-day = no day lost
missing-no-drawdown = equity never fell
missing-no-variation = nothing varied
daemon-starting = starting
daemon-running = running
daemon-degraded = degraded
daemon-stopped = stopped
connection-up = up
connection-down = down
door-off = { $platform }: off ({ $setting } is not set)
door-starting = { $platform }: connecting
door-up = { $platform }: connected for { $time }
door-up-as = { $platform }: connected as { $name } for { $time }
door-retrying = { $platform }: not connected for { $time }
door-next-try = next try in { $time }
door-failed = { $platform }: given up, trading goes on
door-stopped = { $platform }: stopped
door-advice-bad-token = The token is not accepted. Copy it again, set { $setting }, start Vigie again.
door-advice-second-poller = Another process takes this bot's messages. Stop it, start Vigie again; each needs a bot of its own.
door-advice-forbidden-intents = Discord refuses an intent. Update Vigie: it asks for none.
door-advice-too-many-servers = The bot is in too many servers for one connection. Take it out of some.
door-advice-outdated = This version is too old for Discord. Update Vigie.
door-advice-webhook-port = The port for the webhook cannot be had. See TELEGRAM_WEBHOOK_HOST and TELEGRAM_WEBHOOK_PORT.
door-advice-webhook-refused = Telegram does not take the address. See TELEGRAM_WEBHOOK_URL; the log says why.
door-advice-webhook-unreached = Telegram does not reach TELEGRAM_WEBHOOK_URL. Look at what stands in front of it; the log has Telegram's words.
truth-yes = yes
truth-no = no
truth-unknown = not known yet
mark-yes = ✓
mark-no = ✗
mark-unknown = ?
scope-all = all strategies
scope-strategy = strategy { $strategy }
during-outage = during an outage
part-of = { $part } of { $whole }
page = Page { $page } of { $pages }
as-of = As of { $time }
usage = Usage: { $usage }

## Lists

strategies-title = Strategies
strategies-count = { $count ->
    [one] One strategy, { $active } on
   *[other] { $count } strategies, { $active } on
}
strategies-none = You have no strategies yet. /adopt all runs the built-in ones, /new makes your own.
runs-earlier = Earlier runs:
versions-title = { $strategy }: versions of its rule
versions-count = { $count ->
    [one] One version
   *[other] { $count } versions, { $version } is in force
}
versions-hint = /revert { $number } V takes version V up again. A trade counts for the version its position followed last.
follows-version = Position { $position } still follows version { $version } of the rule (now { $newer }). /move { $number } moves it over.
position-not-traded = Position { $position }: the exchange no longer trades { $symbol }. /close { $number } settles it at the last known price.
run-since = { $run }, since { $since }
positions-title = Open positions
positions-none = No position is open.
positions-total = { $count ->
    [one] One position, { $total }, as of { $time }
   *[other] { $count } positions, { $total }, as of { $time }
}
trades-title = Closed trades
trades-none = No trade has been closed yet.
trades-count = { $count ->
    [one] One trade
   *[other] { $count } trades
}
trade-title = Trade { $trade }: { $symbol } { $side }
trade-title-open = Open position { $trade }: { $symbol } { $side }
balance-title = { $count ->
    [one] Balance of one strategy
   *[other] Balance of { $count } strategies
}
balance-note = Paper money, sums of the current runs; profit is net of fees.
profit-title = Realised profit: { $pnl }
profit-by-day = Profit by day
profit-by-week = Profit by week
profit-by-month = Profit by month
profit-by-strategy = Performance by strategy
profit-by-symbol = Performance by symbol
profit-by-exit-reason = Performance by exit reason
preview-span = The newest { $count } candles, closed by { $time }.
chart-high = High
chart-low = Low
equity-title = Equity of { $strategies ->
    [one] one strategy
   *[other] { $strategies } strategies
}
equity-title-strategy = Equity of { $strategy }
equity-note = Paper money: closed trades of the current runs, open positions at the present price.
picture-rising = rising candle
picture-falling = falling candle
picture-price = price
picture-volume = volume
picture-long = entry, long
picture-short = entry, short
picture-win = exit with profit
picture-loss = exit with loss
picture-stop = stop
picture-target = target
picture-start = start
picture-hold = buy and hold
picture-equity = equity
picture-this-rule = this rule
picture-equity-now = Equity now
picture-drawdown = drawdown: below the highest so far
picture-in-sample = in sample
picture-out-of-sample = out of sample
picture-signal = signal candle
picture-ending = Ended by
picture-open = still open
picture-best = Best moment
picture-worst = Worst moment
picture-note = Vigie · paper trading
picture-trade-note = Vigie · paper trading · one candle is { $length } · moments before fees
picture-backtest-note = { $span } · past results say little about future ones
picture-trades = Trades
picture-saved = Picture: { $path }
picture-not-saved = The picture could not be saved.
backtest-title = Backtest: { $symbol } { $timeframe }
backtest-verdict = { $result } net, { $trades ->
    [0] no trade
    [one] one trade
   *[other] { $trades } trades
}, max drawdown { $drawdown }; buy and hold { $hold }.
backtest-thin = { $trades ->
    [0] No trade: no evidence at all.
    [one] One trade: not enough evidence.
   *[other] { $trades } trades: not enough evidence.
}
backtest-span = { $from } to { $until }, { $candles ->
    [one] one candle
   *[other] { $candles } candles
}
backtest-open = A position was still open at the end: { $pnl }
backtest-missing = "-": { $why }
backtest-incomplete = The exchange could not be reached: only stored candles were used
backtest-caution = Past results say little about future ones
optimize-title = Search: { $symbol } { $timeframe }
optimize-verdict = Out of sample the best of { $tried } rules made { $out }, { $trades ->
    [0] without a trade
    [one] with one trade
   *[other] with { $trades } trades
}; in sample { $in }. The middle of the ranges made { $middle } out of sample.
optimize-luck = The best of many is lucky too: without any skill the best of { $tried } would show a Sharpe ratio of about { $lucky } out of sample; this one shows { $sharpe }. Chance that it is more than luck: { $confidence }.
optimize-luck-unknown = The best of many is lucky too. How much of it is luck cannot be said: { $why }.
optimize-best-in = Best, in
optimize-best-out = Best, out
optimize-middle-in = Middle, in
optimize-middle-out = Middle, out
optimize-ranking = The best out of sample
optimize-windows = What each window chose in sample, and what it did next
column-in = In sample
column-out = Out
column-values = Values
optimize-tried = { $combinations ->
    [0] All { $tried } rules the ranges allow were tried
   *[other] { $tried } of { $combinations } rules were tried, drawn at random; always the same ones
}
optimize-winners = { $share } of them gained out of sample
optimize-chosen = Choosing anew in each window would have made { $result } out of sample
optimize-next = /backtest with the rule above tests it as a whole
drift-title = Drift of { $name }: { $symbol } { $timeframe }
drift-too-early = No { $timeframe } candle has closed since strategy #{ $number } began: there is nothing to compare yet.
drift-no-trades = No difference: no trade yet, neither in reality nor in the replay.
drift-same = No difference: { $trades ->
    [one] the one trade is
   *[other] all { $trades } trades are
} the same to the last digit.
drift-verdict = { $trades ->
    [one] The one trade differs.
   *[other] { $same ->
        [0] None
       *[other] { $same }
    } of { $trades } trades the same{ $scaled ->
        [0] .
        [one] , one more but for its size.
       *[other] , { $scaled } more but for their size.
    }
} Reality { $real }, replay { $replay }: a difference of { $difference }.
drift-why = Where the difference comes from:
drift-cause = { $cause }: { $quote }, { $trades ->
    [one] one trade
   *[other] { $trades } trades
}
drift-scaled = { $trades }: only the size differs, because earlier trades left other money
drift-row-different = { $trade } { $side }, { $time }: { $cause }
drift-row-only-real = { $trade } { $side }, { $time }: only in reality. { $cause }
drift-row-only-replay = { $side }, { $time }: only in the replay. { $cause }
drift-instead = { $what }: { $real }, replay { $replay }
drift-still-open = still open
drift-field-entry-time = Entered
drift-field-entry-price = Entry price
drift-field-amount = Amount
drift-field-open = Left
drift-field-exit-time = Left
drift-field-exit-price = Exit price
drift-field-exit-reason = Exit
drift-field-fees = Fees
drift-span = { $from } to { $until }
drift-since = since { $from }
drift-late-by = by { $duration }
drift-see = see { $trade }
drift-version = opened by version { $version }
drift-versions = The rule was edited on the way; { $count } versions were replayed, each in its time
drift-judges-forming = It judged forming candles, which cannot be replayed exactly: entries and exits may differ by their moment
drift-manual = Closed by hand
drift-away = Vigie was not running
drift-unseen = Prices did not come
drift-revised = The exchange corrected a candle afterwards
drift-late = The candle's close came late
drift-forming = Judged on the forming candle
drift-warming-up = The rule's history was still being loaded
drift-paused = New entries were paused
drift-suspended = The account was suspended
drift-halted = The strategy had been halted
drift-switched-off = The strategy was off
drift-market-closed = The symbol was not being traded
drift-rule-changed = The rule was changed
drift-below-min-notional = The order was too small for the exchange
drift-below-min-quantity = The amount was too small for the exchange
drift-no-cash = There was no money left
drift-fee = Another fee was set then
drift-slippage = Another slippage was set then
drift-within-minute = The way of prices within a minute, which a replay does not know
drift-earlier = Follows from an earlier difference
drift-unexplained = Unexplained
templates-title = { $count } built-in rules
templates-hint = /template KEY shows one, /adopt KEY runs it
template-hint = /adopt { $key } runs it; add a symbol if you like.
status-title = The service is { $state }
status-active = { $active } of { $total } on
status-own = { $active } of { $strategies } strategies on, { $openPositions ->
    [one] one open position
   *[other] { $openPositions } open positions
}
settings-title = Your settings
settings-hint = To change one: /settings timezone Europe/Paris, /settings language fr, /settings name Ada
version = Vigie { $version }
people-title = { $count ->
    [one] One person
   *[other] { $count } people
}
connections-title = { $up } of { $all } connections are up
tables-title = Database, { $size } in all
logs-none = The log is empty.
subscriptions-title = { $count ->
    [one] One chat gets status messages
   *[other] { $count } chats get status messages
}
subscriptions-none = No group or channel gets status messages. Send /subscribe in one.
subscriptions-hint = /subscribe and /unsubscribe work in the group or channel itself.
me-hint = /link adds another platform, /unlink takes one off, /notify says what you are told.
notify-title = What you are told
notify-hint = To change: /notify exit on, /notify all silent, /notify quiet 22:00-07:00, /notify status hourly, /notify daily 08:00. In quiet hours messages come without a sound.

## Why

why-candle = On the candle that closed at { $time }:
why-no-candle = No candle has closed yet since the start.
why-section = { $section }: { $truth }
why-values = ({ $left } / { $right })
why-free = Nothing blocks an entry.
why-edge = An entry is made when its condition becomes true; while it stays true, none follows.
why-blocked = An entry is blocked now:
block-inactive = The strategy is switched off.
block-paused = Entries are paused.
block-cooldown = The cooldown after the last trade is running.
block-warming-up = Its indicators are warming up.
block-in-position = It holds a position.
block-feed-stale = No fresh price has come from the exchange.
block-halted = The strategy was halted.
block-suspended = Your account is suspended.
block-no-cash = The wallet is empty.
block-missed = The signal came while the service was away; entries are never made late.
block-market-closed = The exchange does not trade this symbol now.
block-below-min-notional = The stake is below the smallest order the exchange takes.
block-below-min-quantity = The amount is below the smallest the exchange takes.
block-unknown = It is blocked ({ $code }).
block-until = Until { $until }.
halt-rule-unreadable = its rule could not be read
halt-unknown = an internal error ({ $code })

## Outcomes

created = { $strategy } runs on { $symbol } { $timeframe }, on paper
created-quietly = { $strategy } is there for { $symbol } { $timeframe }, on paper
created-next = It is switched on and trades once it has warmed up. /why { $number } shows what it sees.
created-off = It is switched off. /toggle { $number } on lets it trade, /backtest { $number } tries it on the past.
adopted = { $count ->
    [one] One built-in rule now runs on { $symbol }: { $first }
   *[other] { $count } built-in rules now run on { $symbol }: { $first } to { $last }
}
adopted-skipped = { $skipped ->
    [one] One was running there already.
   *[other] { $skipped } were running there already.
}
edited = { $strategy } is changed
edited-unchanged = { $strategy } was like this already
edited-position = Position { $position } keeps version { $version } of the rule until it closes or is moved over.
deleted = { $strategy } is removed
deleted-history = Its trades and runs are kept.
reset = { $strategy } starts afresh
reset-run = Run { $started } began with a fresh wallet. The history of run { $ended } is kept.
position-closed = Position { $position } was closed at the market price.
position-settled = Position { $position } was settled at the last known price, { $price }.
moved = Position { $position } follows version { $version } now
moved-leaves = It leaves at the next price: { $reason }.
share-title = { $strategy }, to be passed on
share-hint = /import followed by this text makes the same strategy anywhere. Its fingerprint is { $fingerprint }.
toggled-one-on = { $strategy } is on
toggled-one-off = { $strategy } is off
toggled-many-on = { $count ->
    [0] Nothing was switched on
    [one] One strategy was switched on
   *[other] { $count } strategies were switched on
}
toggled-many-off = { $count ->
    [0] Nothing was switched off
    [one] One strategy was switched off
   *[other] { $count } strategies were switched off
}
toggled-unchanged = { $count ->
    [one] One was like this already.
   *[other] { $count } were like this already.
}
toggled-positions = { $count ->
    [one] Position { $positions } stays open and is managed by its stops.
   *[other] Positions { $positions } stay open and are managed by their stops.
}
close-done = { $count ->
    [one] Position { $positions } was closed at the market price
   *[other] Positions { $positions } were closed at the market price
}
close-waiting = { $count ->
    [one] Position { $positions } closes at the next price
   *[other] Positions { $positions } close at the next price
}
paused-open = New entries are paused for { $scope } until you resume.
paused-until = New entries are paused for { $scope } until { $until }.
paused-stops = Open positions stay managed by their stops and exits.
resumed = Entries are allowed again: { $scopes }
restarted = The engine was restarted; positions and stops are as they were.
reloaded = { $count ->
    [one] One strategy was read again.
   *[other] { $count } strategies were read again.
}
dismissed = Nothing was done.
subscribed = "{ $title }" hears how the service is { $rhythm }. The first message is on its way; /unsubscribe ends it.
unsubscribed = "{ $title }" gets no more status messages.
invited = A code for one { $role }
invited-how = Pass it on: whoever sends this line to the bot first is let in. It works once, until { $until }, and is not shown again.
link-invite-telegram = On Telegram this link does it in one tap:
link-account-discord = On Discord this adds me to one's own account, to send me the line there:
link-group-telegram = This adds me to a Telegram group:
link-group-discord = This adds me to a Discord server:
suspended-on = { $name } is suspended: their strategies enter no more and keep their stops.
suspended-off = { $name } is no longer suspended.
role-changed = { $name } is { $role } now.
broadcast-done = { $count ->
    [one] One person is told.
   *[other] { $count } people are told.
}
link-title = Link another platform
link-how = Send this line to me in a private chat on the other platform within { $time }. It works once; show it to nobody.
linked = This account belongs to { $name } now: you see the same strategies on every platform. /help lists what can be done.
unlinked = { $platform } is taken off your account.
exported = { $count ->
    [one] One trade in { $file }
   *[other] { $count } trades in { $file }
}
exported-left = { $left ->
    [one] The oldest one is left out.
   *[other] The oldest { $left } are left out.
}
exported-saved = Saved as { $path }

## Questions

confirm-word = yes
confirm-toggle-on = { $count ->
    [one] Switch on your strategy?
   *[other] Switch on all { $count } of your strategies?
}
confirm-toggle-off = { $count ->
    [one] Switch off your strategy? An open position stays managed by its stops.
   *[other] Switch off all { $count } of your strategies? Open positions stay managed by their stops.
}
confirm-reset = Reset { $strategy }? Run { $run } ends and the next begins with a fresh wallet; the history is kept.
confirm-delete = Delete { $strategy }? Its history is kept.
confirm-position = Position { $position } ({ $pnl }) will be closed at the market price.
confirm-close = Close position { $position } { $symbol } { $side } ({ $stake }, { $percent }) at the market price?
confirm-settle = The exchange no longer trades { $symbol }: position { $position } cannot be sold. It would be settled at the last known price, { $price } of { $time }, less slippage and fee, and the trade says so.
confirm-revert = Give { $strategy } the rule of version { $version } again, as version { $next }?
confirm-move = Let position { $position } follow version { $version } of the rule?
move-entry = Entered { $side } at { $entry }, now { $last }
move-reached = The price is beyond a new level already: the position leaves at the next price ({ $reason }).
confirm-import = Import "{ $name }" for { $symbol } { $timeframe }?
import-judging = Judged { $judging }.
import-instead = Instead of { $of }, as the text says.
import-on = It will be switched on.
import-off = It will be switched off; write on before the text to let it trade at once.
import-fingerprint = Fingerprint { $fingerprint }: as it was shared.
import-altered = This text was altered since it was shared: its fingerprint is { $stated }, its content gives { $actual }. What it says now:
confirm-close-all = { $count ->
    [one] Close your one open position at the market price?
   *[other] Close all { $count } open positions at the market price?
}
confirm-restart = Restart the engine for everybody? Positions and stops are restored.
confirm-role-admin = Make { $name } an administrator? Administrators may do everything, to everybody.
confirm-broadcast = { $count ->
    [one] Tell one person: { $text }
   *[other] Tell { $count } people: { $text }
}
confirm-link = Give this { $platform } account to the person who made the code? What is set here stays behind; you see their strategies from then on.
confirm-unlink = Take { $platform } off your account? It can be linked again.

## Help

help-title = Vigie
help-hint = /help COMMAND tells more, /help rules explains the rule language.
help-aliases = Also: { $aliases }
rules-title = The rule language
rules-clauses = Four clauses say when: enter long, exit long, enter short, exit short, each with "when". At least one entry is needed.
rules-series = Numbers: open high low close volume hl2 hlc3 ohlc4, indicators such as rsi(14) or macd(12,26,9).histogram; x[1] is one candle ago, x@4h the last closed candle of another timeframe.
rules-operators = Conditions: < <= > >=, crosses above, crosses below, rising 3, falling 3; and, or, not, brackets; + - * / between numbers.
rules-protections = Protections: stop 2%, take 5%, trail 1.5% after 1%, max 12h, cooldown 30m, size 10%.
rules-position = In exits also: profit > 6% and held > 12h.
indicators-title = Indicators

## The terminal

console-welcome = Vigie { $version }. /help lists commands, Ctrl-C stops the service.
console-confirm = Type { $word } to confirm; anything else cancels.
console-cancelled = Nothing was done.
console-closed = The console is closed; the service goes on.
operator-invite = To become an administrator by chat, send this line to the bot: /start { $code } (works once, until { $until } UTC)
operator-link-telegram = Telegram knows this bot as { $name }. This link makes you its administrator: { $url }
operator-link-discord = Discord knows this bot as { $name }. Add it to your account, then send it the line above: { $url }

## Chats

stranger = This bot serves invited people only. If you have an invite code, send: /start CODE
stale-command = That message was more than { $minutes } minutes old when it reached me, so nothing was done. Please send it again.
stale-button = That press reached me too late, so nothing was done. Please press again.
answered-in-private = I have answered you in our private chat.
private-chat-needed = I answer that in a private chat only. Please write to me there first.
messages-missed = { $count ->
    [one] One message for you could not be delivered here.
   *[other] { $count } messages for you could not be delivered here.
}
messages-console = /trades shows what happened.
messages-telegram = From now on they come again; /trades shows what happened.
messages-discord = You do not take my direct messages: please allow direct messages from this server, or add me to your account. /trades shows what happened.

## Notices

notice-entry = { $mode } · Opened { $position } { $symbol } { $side }
notice-size = Size { $stake } at { $price }
notice-stop = Stop { $price } ({ $distance })
notice-take = Target { $price } ({ $distance })
notice-strategy = Strategy { $strategy }
notice-exit = { $mode } · Closed { $trade } { $symbol } { $percent } ({ $pnl })
notice-path = { $from } → { $to }, held { $held }
notice-reason = Exit: { $reason }
notice-during-outage = Decided on candles fetched after an outage.
notice-today = Today { $pnl } ({ $won } won, { $lost } lost)
notice-that-day = That day { $pnl } ({ $won } won, { $lost } lost)
notice-entry-blocked = { $mode } · { $strategy } did not enter { $symbol }
notice-halted = { $mode } · { $strategy } was halted
notice-halted-next = Its open position stays managed by its stops. /toggle { $number } on starts it again.
notice-pause-over = The pause of { $scope } is over
notice-run-reset = { $mode } · { $strategy } began run { $run }
notice-receipt = The service is back after { $down }
notice-receipt-span = Away from { $from } to { $until }
notice-receipt-candles = { $count ->
    [one] One missed candle was replayed
   *[other] { $count } missed candles were replayed
}
notice-receipt-positions = { $count ->
    [0] No position is open
    [one] One open position was checked
   *[other] { $count } open positions were checked
}
notice-receipt-exits = { $count ->
    [0] No exit fell into the gap
    [one] One exit fell into the gap and was made up for
   *[other] { $count } exits fell into the gap and were made up for
}
notice-receipt-missed = { $count ->
    [0] No entry was missed
    [one] One entry was missed; entries are never made late
   *[other] { $count } entries were missed; entries are never made late
}
notice-feed-degraded = The market feed is disturbed; entries wait for fresh prices
notice-feed-healed = The market feed is back after { $down }
notice-status = Status: up for { $uptime }
notice-status-line = { $up }/{ $all } connections, { $active } strategies on, { $analyses } analyses, { $trades } trades
notice-service-feeds = Up for { $uptime }, { $up }/{ $all } connections{ $lag ->
    [none] { "" }
   *[other] , feed lag { $lag } ms
}
notice-service-strategies = { $active } of { $total } strategies on, { $positions ->
    [one] one open position
   *[other] { $positions } open positions
}
notice-service-work = { $analyses } analyses, { $trades ->
    [0] no trade today
    [one] one trade today
   *[other] { $trades } trades today
}
notice-subscription-ended = { $platform }: "{ $title }" gets no more status messages
notice-chat-forbidden = I may not write there any more.
notice-chat-gone = The chat is gone, or I was removed from it.
notice-subscription-next = Let me in again and send /subscribe there to go on.
notice-daily = PAPER · Daily report: { $pnl }
notice-daily-span = { $from } to { $until }
notice-daily-trades = { $count ->
    [0] No trade was closed
    [one] One trade, { $won } won
   *[other] { $count } trades, { $won } won
}
notice-daily-range = Best { $best }, worst { $worst }
notice-daily-fees = Fees { $fees }
notice-daily-now = Now: { $active } strategies on, { $positions ->
    [one] one open position
   *[other] { $positions } open positions
}
notice-digest = { $count ->
    [one] One message waited for you
   *[other] { $count } messages waited for you
}
notice-digest-span = From { $from } to { $until }
notice-digest-pnl = Result of what was closed: { $pnl }
notice-digest-next = /trades and /positions show it all.
notice-broadcast = From the administrators
notice-linked = A { $platform } account was linked to yours
notice-linked-as = { $platform } account { $account } linked
notice-linked-next = It sees and does what you can. If this was not you, send /unlink { $name } at once.

## Questions for what was left out

ask-option = Still needed: { $description }.
ask-choose = Tap one, or write it. /cancel ends this.
ask-choose-word = Write one of these, as it stands first in its line. /cancel ends this.
ask-write = Write it as a message. /cancel ends this.
ask-strategy = Which strategy?
ask-toggle-target = What shall be switched?
ask-position = Which position shall be closed?
ask-trade = Which trade?
ask-template = Which built-in rule?
ask-name = What shall it be called?
ask-symbol = Which symbol shall it trade? For example BTCUSDT.
ask-timeframe = Which timeframe? The rule is judged each time such a candle closes.
ask-rule = What is the rule? Choose one to begin with, or write your own: when to enter and when to leave, for example "enter long when rsi(14) < 30 exit long when rsi(14) > 70 stop 2%". /help rules explains the language.
ask-judging = Judged when the candle closes, or also while it forms?
ask-indicator = Which indicator?
ask-backtest = What shall be tested? A strategy's number, a built-in rule's key, or the text of a rule.
cancelled = Stopped: { $commands }.
nothing-to-cancel = There is nothing to cancel: nothing was asked, and nothing is running.

## A rule in words

words-title = In words:
words-enter-long = Buys when { $condition }.
words-exit-long = Sells again when { $condition }.
words-enter-short = Sells short when { $condition }.
words-exit-short = Buys back when { $condition }.
words-and = and
words-or = or
words-not-all = not all of this is so: ({ $conditions })
words-not-any = nothing of this is so: ({ $conditions })
words-above = { $left } is above { $right }
words-below = { $left } is below { $right }
words-at-least = { $left } is at or above { $right }
words-at-most = { $left } is at or below { $right }
words-cross-above = { $left } crosses above { $right }
words-cross-below = { $left } crosses below { $right }
words-rising = { $candles ->
    [one] { $series } rose on the last candle
   *[other] { $series } rose on each of the last { $candles } candles
}
words-falling = { $candles ->
    [one] { $series } fell on the last candle
   *[other] { $series } fell on each of the last { $candles } candles
}
words-not-above = { $left } is not above { $right }
words-not-below = { $left } is not below { $right }
words-not-at-least = { $left } is neither at nor above { $right }
words-not-at-most = { $left } is neither at nor below { $right }
words-not-cross-above = { $left } does not cross above { $right }
words-not-cross-below = { $left } does not cross below { $right }
words-not-rising = { $candles ->
    [one] { $series } did not rise on the last candle
   *[other] { $series } did not rise on each of the last { $candles } candles
}
words-not-falling = { $candles ->
    [one] { $series } did not fall on the last candle
   *[other] { $series } did not fall on each of the last { $candles } candles
}
words-price-open = the opening price
words-price-high = the high
words-price-low = the low
words-price-close = the price
words-price-volume = the volume
words-price-hl2 = the mean of high and low
words-price-hlc3 = the mean of high, low and close
words-price-ohlc4 = the mean of open, high, low and close
words-profit = the profit
words-held = the time held
words-offset = { $candles ->
    [one] { $series } one candle ago
   *[other] { $series } { $candles } candles ago
}
words-at = { $series } on { $timeframe }
words-source = { $indicator } of { $series }
words-output = { $output } of { $indicator }
output-macd = the line
output-signal = the signal line
output-histogram = the histogram
output-middle = the middle line
output-upper = the upper line
output-lower = the lower line
output-width = the width
output-percent = the percentage
output-k = the %K line
output-d = the %D line
output-adx = the strength
output-plus = the plus line
output-minus = the minus line
output-up = the up line
output-down = the down line
output-oscillator = the oscillator
output-conversion = the conversion line
output-base = the base line
output-spana = span A
output-spanb = span B
output-line = the line
output-direction = the direction
words-stop = a stop { $percent } away
words-take = a target { $percent } away
words-trail = a trailing stop { $percent } behind the best price
words-trail-after = a trailing stop { $percent } behind the best price once the profit has reached { $after }
words-max = a time limit of { $held }
words-protections = Protected by { $parts }.
words-no-exit = Without an exit a position stays open until it is closed by hand.
words-cooldown = Rests for { $time } after each trade.
words-size = Stakes { $size } each time.
words-size-all = Stakes its whole wallet each time.
words-size-share = Stakes { $percent } of its wallet each time.

## Preview of a strategy

draft-title = { $name } on { $symbol } { $timeframe }, not made yet
draft-edit-title = { $strategy } with another rule, not changed yet
draft-edit-before = It replaces:
draft-lately = { $count ->
    [0] In the last { $span } it would not have entered once: an entry is made when its condition becomes true, not while it stays true.
    [one] In the last { $span } it would have entered once, at { $last }.
   *[other] In the last { $span } it would have entered { $count } times, last at { $last }: { $often }.
}
draft-often-month = { $count ->
    [one] about once a month
   *[other] about { $count } times a month
}
draft-often-rarely = less than once a month
draft-unknown = How often it would have entered is not known: { $reason }
draft-incomplete = The exchange could not be reached: only stored candles were looked at.
draft-ask = Shall it be made?
draft-edit-ask = Shall it be changed? An open position keeps the rule it was opened with.
button-choose = Choose a built-in rule
button-create = Create
button-change = Change
button-backtest = Backtest
button-new = Write a rule
progress-fetching = Fetching candles, { $percent } %
progress-testing = Testing, { $percent } %
progress-begin = Working on it
ask-again = Please answer again. /cancel ends this.
ask-again-known = { $known } is kept. Please answer again. /cancel ends this.

## Faults

fault-unexpected = Something went wrong here; it has been noted. Please try again.
fault-unknown = That did not work ({ $code }).
fault-unknown-command = There is no command "{ $name }". { $suggestion ->
    [none] /help lists them all.
   *[other] Did you mean /{ $suggestion }?
}
fault-rate-limited = That was too fast. Please wait { $waitMs }.
fault-private-only = That command works in a private chat only.
fault-group-only = That command works in a group or a server's channel, for that chat; for a channel of Telegram write /subscribe hourly @name.
fault-chat-not-writable = I may not write in this channel. Add me to the server with the permissions View Channel and Send Messages, then try again.
fault-chat-unknown = I find no chat "{ $chat }". Write the @name of a channel that I am an administrator of, or send /subscribe in the chat itself.
fault-not-subscribed = That chat gets no status messages. /subscriptions lists those that do.
fault-too-many-subscriptions = { $limit } chats get status messages already; end one of them first.
fault-forbidden = That needs the role "{ $needed }", which you do not have.
fault-suspended = Your account is suspended: you can look, but not trade.
fault-button-expired = That button has expired. Please send the command again.
fault-button-not-yours = That button belongs to somebody else.
fault-input-too-long = That is too long: at most { $limit } characters.
fault-too-many-words = "{ $word }" is one word too many.
fault-option-missing = Something is missing: { $option }.
fault-option-unknown = There is no option "{ $option }".
fault-option-integer = "{ $value }" is no whole number ({ $option }).
fault-option-number = "{ $value }" is no number ({ $option }).
fault-option-boolean = "{ $value }" is neither yes nor no ({ $option }).
fault-option-choice = "{ $value }" is not among { $choices }. { $suggestion ->
    [none] { "" }
   *[other] Did you mean { $suggestion }?
}
fault-option-min = { $value } is too small: { $option } is at least { $min }.
fault-option-max = { $value } is too large: { $option } is at most { $max }.
fault-option-too-long = { $option } is too long: at most { $limit } characters.
fault-option-twice = { $option } is given twice.
fault-option-target = "{ $value }" is neither a number nor one of the words allowed ({ $option }).
fault-option-duration = "{ $value }" is no duration: write for example 90m, 6h or 2d.
fault-option-date = "{ $value }" is no day: write for example { $option }=2024-06-30.
fault-not-found = { $what ->
    [strategy] You have no strategy #{ $number }. /strategies lists yours.
    [position] You have no open position #{ $number }. /positions lists yours.
    [user] There is no person #{ $number }. /users lists them.
    [trade] You have no trade #{ $number }. /trades lists yours.
    [version] There is no version { $number }. /versions lists them.
   *[other] You have nothing with the number { $number }.
}
fault-name-empty = That name has no visible character.
fault-unknown-symbol = The exchange knows no symbol { $symbol }.
fault-symbol-not-trading = { $symbol } is not traded now: the exchange says { $status }.
fault-wrong-quote-asset = { $symbol } is not quoted in { $quoteAsset }; all strategies here trade against { $quoteAsset }.
fault-too-many-strategies = That would be too many: you have { $count } of at most { $limit } strategies and asked for { $wanted } more.
fault-no-strategies = { $timeframe ->
    [all] You have no strategies yet. /adopt or /new makes one.
   *[other] You have no strategies on { $timeframe }.
}
fault-unknown-template = There is no built-in rule "{ $template }". /templates lists them.
fault-already-adopted = You run that already, as #{ $number }. /copy makes a second one.
fault-all-adopted = All built-in rules run on { $symbol } already.
fault-no-open-positions = You have no open position.
fault-no-strategy-on = None of your strategies trades { $symbol }.
fault-pause-too-long = A pause lasts { $maxMs } at most; without a duration it lasts until you resume.
fault-not-paused = { $scope ->
    [all] Nothing is paused.
   *[other] { $scope } is not paused by itself. /resume lifts every pause.
}
fault-price-stale = There is no fresh price to close the position at. Please try again in a moment.
fault-not-traded = The exchange does not trade this symbol now. Once that has lasted an hour the position can be settled at its last known price: repeat the command, or add the word last to it.
fault-version-in-force = The rule is that of version { $version } already.
fault-no-position = This strategy has no open position.
fault-rule-followed = The position follows the present rule already.
fault-position-leaving = The position is being closed already.
fault-rule-unreadable = The strategy's rule cannot be read any more. Give it another one first: /edit { $number } …
fault-move-needs-price = There is no fresh price to compare the new levels with. Please try again in a moment.
fault-share-too-long = That text is too long: at most { $limit } characters.
fault-share-unreadable = That is no shared strategy: it begins with "vigie-strategy". /share makes one.
fault-share-newer = That text has version { $version } of the format; this service reads version { $known }.
fault-share-incomplete = The shared text is not complete: "{ $part }:" is missing. Please copy all of it.
fault-share-value = "{ $value }" cannot stand behind "{ $part }:" in a shared text.
fault-share-altered = This text was altered since it was shared: its fingerprint is { $stated }, its content gives { $actual }. To import it all the same, write changed before it.
fault-unknown-time-zone = "{ $timeZone }" is no time zone. Write for example Europe/Paris or UTC.
fault-unknown-language = "{ $language }" is not available: { $known }.
fault-engine-stopped = The engine is stopped. Please try again in a moment.
fault-engine-busy = The engine is busy. Please try again in a moment.
fault-engine-answered-nothing = The engine gave no answer; it has been noted.
fault-engine-elsewhere = Another process is running the engine on this database.
fault-lease-lost = Another process has taken over the engine; this one stops.
fault-exchange-unreachable = The exchange cannot be reached now. Please try again in a moment.
fault-exchange-banned = The exchange has shut us out until { $until }.
fault-exchange-refused = The exchange refused: { $message }
fault-exchange-sent-nonsense = The exchange answered with something that makes no sense.
fault-bad-command = A command is not well made: { $command } ({ $reason }).
fault-unknown-indicator = There is no such indicator.
fault-bad-indicator-parameter = A parameter of an indicator is out of range.
fault-uneven-columns = Columns of candles have different lengths.
fault-unknown-chart-indicator = Charts cannot draw { $name }.
fault-chart-indicator = "{ $text }" is no indicator I can draw. Try: ema(50) rsi(14) bb(20, 2)
fault-chart-too-many-indicators = A picture can show { $limit } indicators at most.
fault-no-equity = You have no strategy yet, so there is no equity to show. /adopt or /new starts one.
fault-picture-unavailable = Pictures cannot be drawn on this machine: { $reason }
fault-pictures-busy = { $limit } pictures are waiting to be drawn already. Please try again in a moment.
fault-too-many-candles = That is too many candles: { $candles } of at most { $limit }. A shorter time or a longer timeframe fits.
fault-backtest-no-candles = There are no { $timeframe } candles to test on.
fault-optimize-too-short = { $candles } candles are too few for a search: at least { $least } are needed.
fault-rule-without-range = Mark the numbers to search in the rule, for example rsi({"{"}7..21{"}"}) < {"{"}20..40:5{"}"} or stop {"{"}1..4:0.5{"}"}%.
fault-candles-unordered = Candles are not in order of time.
fault-strategy-halted = The strategy was halted ({ $reason }).
fault-discord-sent-nonsense = Discord answered with something that makes no sense.
fault-file-not-found = There is no file { $file }.
fault-file-unreadable = { $file } cannot be read: { $reason }.
fault-file-unwritable = { $file } cannot be written: { $reason }.
fault-csv-columns = { $file } lacks columns: { $missing }.
fault-csv-value = { $file }, line { $line }: "{ $value }" cannot stand in the column { $column }.
fault-csv-candle = { $file }, line { $line }: no candle can be like this ({ $problem }).
fault-csv-broken = { $file }, line { $line }: the file is broken ({ $reason }).
fault-file-empty = { $file } holds no candle.
fault-candles-contradict = { $file }, line { $line }: the candle of { $at } was told before with other prices.
fault-candles-out-of-order = { $file }, line { $line }: the candle of { $at } stands after a later one.
fault-cancelled = That was cancelled.
fault-backtest-cancelled = The test was cancelled.
fault-backtest-running = A backtest, search or comparison of yours is running already. Wait for it, or end it with /cancel.
fault-drift-too-many = This run has { $trades } trades; at most { $limit } can be compared. A reset starts a new run.
fault-backtests-busy = { $limit } backtests are running already. Please try again in a moment.
fault-backtest-thread-ended = The backtest ended unexpectedly; it has been noted.
fault-range-empty = There is nothing between these two dates.
fault-no-candles = The exchange has no closed { $timeframe } candle of { $symbol } yet.
fault-simulator-symbol-invalid = The simulator cannot list { $symbol }.
fault-simulator-seed-differs = The simulator's stored market was made with seed { $stored }, not { $asked }. Leave --seed out, or choose another DATA_DIR.
fault-simulator-state-unreadable = The simulator's state in { $file } cannot be read.
fault-simulator-time-backwards = The simulator was asked to go back in time.
fault-simulator-thread-ended = The simulator has ended.
fault-simulator-port-unavailable = The simulator cannot listen on { $host }, port { $port }.
fault-simulator-candle-invalid = A scripted candle of { $symbol } is not possible: { $reason }.
fault-http-token-missing = HTTP_TOKEN must be set to listen on { $host }.
fault-http-port-in-use = Port { $port } on { $host } is in use. Set HTTP_PORT to another.
fault-http-address-refused = Cannot listen on { $host }, port { $port }: { $reason }.
fault-option-invalid = { $option } must be { $expected }.
fault-env-file-unreadable = { $path } cannot be read.
fault-database-url-invalid = DATABASE_URL is not an address of a PostgreSQL database.
fault-database-unreachable = The database cannot be reached: { $reason }.
fault-database-away = The database is away. Please try again in a moment.
fault-database-closed = The database is closed; the service is stopping.
fault-database-stopped = The database is closed; the service is stopping.
fault-database-in-use = Another process is using the database in { $dir }.
fault-database-unusable = The database in { $dir } cannot be used: { $reason }.
fault-commit-refused = The database refused a change; it has been noted.
fault-identity-taken = That account is linked to somebody already.
fault-too-many-tries = Too many codes were tried. Please wait { $waitMs }.
fault-invite-invalid = That code is not valid, or was used, or is too old.
fault-invite-too-long = A code works for { $maxMs } at most.
fault-link-invalid = That code is not valid, or was used, or is older than five minutes. /link shows a new one.
fault-link-own = That code is your own: send it from the other platform.
fault-link-platform-taken = The person who made the code has another { $platform } account already. /unlink { $platform } there comes first.
fault-link-has-strategies = This account has strategies or trades of its own, and two histories are never put together. Go on with both, or make the code here and type it there.
fault-link-lower-role = The person who made the code may do less than you ({ $needed } is needed). Make the code here and type it there instead.
fault-link-absent = You have no { $platform } account linked.
fault-link-last = That is the only way you reach me. Link another platform first.
fault-not-yourself = You cannot do that to yourself. Another administrator can.
fault-not-kept = { $what ->
    [log] No log is kept in memory here.
   *[other] Messages cannot be sent from here.
}
fault-text-empty = There is nothing to tell.
fault-quiet-hours = "{ $value }" are no quiet hours. Write for example 22:00-07:00, or off.
fault-status-rhythm = "{ $value }" is not among { $choices }.
fault-time-of-day = "{ $value }" is no time of the day. Write for example 08:00, or off.
fault-row-damaged = A stored row cannot be understood; it has been noted.
fault-schema-newer = The database was made by a newer version: it knows { $migration }.

## Faults of the rule language; the place is shown under the sentence

rule-suggestion = Did you mean "{ $suggestion }"?
rule-more-problems = { $more ->
    [one] There is one more problem.
   *[other] There are { $more } more problems.
}
fault-rule-too-long = The rule is too long: at most { $limit } characters.
fault-rule-forbidden-character = The rule holds a character that cannot be shown ({ $found }).
fault-rule-too-deep = Brackets or conditions are nested too deeply: at most { $limit }.
fault-rule-too-many-nodes = The rule is too large: at most { $limit } conditions and numbers.
fault-rule-unexpected-character = "{ $found }" means nothing in a rule.
fault-rule-expected = { $found ->
    [none] The rule ends too early.
   *[other] "{ $found }" does not fit here.
} Expected: { $expected ->
    [series] a number, a price or an indicator
   *[other] { $expected }
}.
fault-rule-number-range = { $found } is too large a number: at most { $limit }.
fault-rule-no-entry = The rule never enters: it needs "enter long when" or "enter short when".
fault-rule-exit-without-entry = This exit can never happen: there is no "{ $expected }".
fault-rule-duplicate-clause = This clause stands here a second time.
fault-rule-percent-range = { $found } is out of range ({ $expected } percent).
fault-rule-amount-range = { $found } is out of range ({ $expected }).
fault-rule-duration-range = { $found } is out of range ({ $expected }).
fault-rule-quote-asset = The stake must be given in { $expected }.
fault-rule-unknown-indicator = There is no indicator or price "{ $found }".
fault-rule-not-an-indicator = "{ $found }" is not an indicator and takes no parameters.
fault-rule-unknown-output = { $indicator } has no output "{ $found }": { $expected }.
fault-rule-unknown-parameter = { $indicator } has no parameter "{ $found }": { $expected }.
fault-rule-missing-parameter = { $indicator } needs { $expected }.
fault-rule-too-many-parameters = { $indicator } takes at most { $limit } parameters.
fault-rule-duplicate-parameter = This parameter of { $indicator } is given twice.
fault-rule-parameter-order = Parameters without a name come first ({ $indicator }).
fault-rule-parameter-number = { $parameter } of { $indicator } must be a plain number ({ $expected }).
fault-rule-parameter-integer = { $parameter } of { $indicator } must be a whole number ({ $expected }).
fault-rule-parameter-range = { $parameter } of { $indicator } is out of range: { $expected }.
fault-rule-source-first = The series { $indicator } reads comes first, before its parameters.
fault-rule-no-source = { $indicator } reads whole candles; it takes no series.
fault-rule-condition-expected = A condition is needed here, such as "close > 100".
fault-rule-series-expected = A number is needed here, not a condition.
fault-rule-constant = This never changes: a price or an indicator is needed.
fault-rule-unit = The units do not match: { $expected } is needed here.
fault-rule-exit-only = "{ $found }" speaks of the open position, so it can stand in exits only.
fault-rule-position-misplaced = "{ $found }" can only be compared with a plain value, such as "profit > 6%" or "held > 12h".
fault-rule-division-by-zero = This divides by zero.
fault-rule-unknown-timeframe = "{ $found }" is no timeframe: { $expected }.
fault-rule-timeframe-nested = A timeframe stands inside another.
fault-rule-timeframe-shorter = This timeframe is shorter than the strategy's own: { $expected }.
fault-rule-offset-mixed = This mixes timeframes, so a look-back [n] must stand on each part by itself.
fault-rule-lookback-range = The look-back is out of range: { $expected } candles.
fault-rule-warmup-too-long = This looks back too far: at most { $limit } candles in all.
fault-rule-range-misplaced = Ranges such as { $found } are for /optimize only: write one number here.
fault-rule-range-form = "{ $found }" is no range: write {"{"}7..21{"}"}, or {"{"}1..4:0.5{"}"} with a step.
fault-rule-range-unit = The numbers of { $found } have different units.
fault-rule-range-order = { $found } begins above its end.
fault-rule-range-step = { $found } needs a step above 0, written after a colon: {"{"}0.1..0.9:0.2{"}"}.
fault-rule-range-values = { $found } has too many values: at most { $limit }.
fault-rule-range-count = There are too many ranges: at most { $limit }.
fault-rule-range-combinations = The ranges up to here allow too many rules: at most { $limit }.
