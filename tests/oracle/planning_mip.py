"""The planning problem (M6) as a mixed-integer program, from the model and the oracle's scores alone.

    mip = Portfolio(scenario);  mip.solve(folder) -> Optimum(total, plan) or None if no plan is feasible

One binary for every way to start a subscription's new contract (target, term, billing, provisioning day; the day of
reassignment follows by M6.1), one for every way to end the old contract (lapse, with the day on which auto-renewal is
switched off; cancellation), one for staying; for every customer a binary a day of visit and of invitation. What an option
costs, when it is paid and what work it makes is what the oracle scores for it. No day is left out because another one looks
better: with a few weeks of horizon there are few enough.

What ties options together is written as rows: hand-over before the exit (M3.6), parents (M3.8), acceptance (M3.3), visits
(M4.4), capacity and budgets (M3.10). Every feature of the model that random_cases draws is covered. COIN-OR CBC solves it.
"""

import pathlib
import subprocess
from types import SimpleNamespace

import oracle
from oracle import demand, is_term_boundary, share, term_of, text_of

# Of one start by itself, and of one exit by itself; "continuity" belongs to both together. "price" and "renewal-closed" say
# whose contract they mean.
PAIR_RULES = {"continuity"}
EXIT_RULES = {"exit-date", "not-cancellable", "auto-renew"}
EXIT_WORK = {"cancel", "auto_renew_off"}


class Program:
    """Columns and rows; written as free MPS, solved by cbc."""

    def __init__(self):
        self.costs, self.binary, self.rows = [], [], []

    def column(self, cost=0, binary=True):
        self.costs.append(cost)
        self.binary.append(binary)
        return len(self.costs) - 1

    def row(self, sense, right, entries):
        """sense: "L" at most, "E" equal. entries: (column, coefficient); what occurs twice is added up."""
        merged = {}
        for column, coefficient in entries:
            merged[column] = merged.get(column, 0) + coefficient
        self.rows.append((sense, right, {c: v for c, v in merged.items() if v != 0}))

    def mps(self):
        by_column = [[] for _ in self.costs]
        for number, (_, _, entries) in enumerate(self.rows):
            for column, coefficient in entries.items():
                by_column[column].append((number, coefficient))
        lines = ["NAME plan FREE", "ROWS", " N cost"]
        lines += [f" {sense} r{number}" for number, (sense, _, _) in enumerate(self.rows)]
        lines.append("COLUMNS")
        for column, entries in enumerate(by_column):
            lines.append(f" x{column} cost {self.costs[column]}")
            lines += [f" x{column} r{number} {coefficient}" for number, coefficient in entries]
        lines.append("RHS")
        lines += [f" rhs r{number} {right}" for number, (_, right, _) in enumerate(self.rows) if right != 0]
        lines.append("BOUNDS")
        lines += [f" BV bound x{column}" if is_binary else f" UP bound x{column} 1" for column, is_binary in enumerate(self.binary)]
        return "\n".join(lines + ["ENDATA", ""])

    def solve(self, folder):
        """The optimal objective and the columns that are then 1, or None if there is no solution."""
        file, solution = pathlib.Path(folder, "plan.mps"), pathlib.Path(folder, "plan.solution")
        file.write_text(self.mps(), encoding="ascii")
        # Costs are whole minor units: less than one apart is the optimum.
        run = subprocess.run(["cbc", str(file), "-ratioGap", "0", "-allowableGap", "0.5", "-primalTolerance", "1e-9",
                              "-integerTolerance", "1e-7", "-solve", "-solution", str(solution)],
                             capture_output=True, text=True, check=True)
        first, *rest = solution.read_text(encoding="ascii").splitlines()
        if "nfeasible" in first:
            return None
        if not first.startswith("Optimal"):
            raise RuntimeError(f"cbc: {first}\n{run.stdout}")
        values = (line.replace("**", "").split() for line in rest)
        chosen = {int(name[1:]) for _, name, value, *_ in values if name[0] == "x" and float(value) > 0.5}
        return float(first.split()[-1]), chosen


class Portfolio:
    def __init__(self, scenario):
        self.sc = oracle.read_scenario(scenario)
        self.program = Program()
        self.constant = 0  # of the objective: what every plan pays
        self.work = {}  # (team, bucket) -> [(column, seconds)]
        self.cash = [[] for _ in self.sc.budgets]  # [(column, amount)]
        self.options = {}  # subscription -> what choose() needs
        self.invitations = {}  # customer -> [(day, column)]
        for customer in self.sc.customers.values():
            self.add_customer(customer)
        for (team_id, name), entries in self.work.items():
            team = self.sc.teams[team_id]
            self.program.row("L", 60 * team.exceptions.get(name, team.minutes), entries)
        for budget, entries in zip(self.sc.budgets, self.cash):
            self.program.row("L", budget.max, entries)

    # ---- What one subscription can do ----------------------------------------------------------------------

    def workdays(self, customer):
        return [day for day in range(self.sc.start, self.sc.end) if oracle.day_name(self.sc, customer, day) is None]

    def scored(self, sub, move):
        """What the oracle says of one move: money without gap and labour, labour and violations of either side."""
        wrong = []
        got = oracle.score_subscription(self.sc, sub, move, lambda rule, at, message: wrong.append((rule, message)))
        c = got.components
        got.money = (c["old_charges"] + c["new_charges"] + c["fees"] - c["refunds"] + c["liability"] - c["terminal_credit"]
                     + c["disruption"])
        got.in_budget = [sum(amount for day, amount in got.cash if b.since <= day < b.until) for b in self.sc.budgets]
        got.wrong = wrong
        of_exit = {(rule, message) for rule, message in wrong if rule in EXIT_RULES or message.startswith("old contract")}
        got.exit_is_wrong = bool(of_exit)
        got.start_is_wrong = any(w not in of_exit and w[0] not in PAIR_RULES for w in wrong)
        got.exit_work = [item for item in got.work if item[0] in EXIT_WORK]
        got.start_work = [item for item in got.work if item[0] not in EXIT_WORK]
        return got

    def labour(self, items):
        """M4.3"""
        teams = (self.sc.teams.get(self.sc.effort[kind].team) for kind, _, _ in items)
        return sum(share(team.rate, seconds, 3600) for team, (_, _, seconds) in zip(teams, items) if team is not None)

    def start_moves(self, sub, workdays):
        """Fields of a move that say how the new contract starts (M3.2, M6.1)."""
        for target_id in sub.targets:
            target = self.sc.offers[target_id]
            for term, billing in sorted(oracle.allowed_terms(sub, target)):
                for day in workdays:
                    fields = {"target": target_id, "term": f"P{term}M", "billing": f"P{billing}M", "provision_on": text_of(day)}
                    if oracle.reassigns(self.sc, sub, target):
                        later = [d for d in workdays if d >= day + self.sc.provision_days]
                        if not later:
                            continue
                        fields["reassign_on"] = text_of(later[0])
                    yield fields

    def exit_moves(self, sub, workdays):
        """Fields of a move that say how the old contract ends (M3.7)."""
        old = SimpleNamespace(anchor=sub.term_start, term=sub.term)
        for day in range(self.sc.start, self.sc.end + 1):
            if is_term_boundary(old, day):
                if day == self.sc.start:
                    continue
                fields = {"exit": "lapse", "exit_on": text_of(day)}
                if not sub.auto_renew:
                    yield fields
                    continue
                buckets = set()  # days of one bucket are alike
                for off in self.switch_off_days(sub, old, day, workdays):
                    name = self.bucket("auto_renew_off", off)
                    if name not in buckets:
                        buckets.add(name)
                        yield {**fields, "auto_renew_off_on": text_of(off)}
            elif day in workdays and day > sub.term_start:
                yield {"exit": "cancel", "exit_on": text_of(day)}

    def switch_off_days(self, sub, old, exit_on, workdays):
        before = term_of(old, exit_on - 1)[0]
        last = exit_on - max(1, sub.offer.programme.notice)
        return [day for day in workdays if day <= last and (before <= self.sc.start or day >= before)]

    def bucket(self, kind, day):
        team = self.sc.teams.get(self.sc.effort[kind].team)
        return None if team is None or team.per is None else (team.id, oracle.bucket(team, day))

    # ---- Columns -------------------------------------------------------------------------------------------

    def add_work(self, column, items):
        for kind, day, seconds in items:
            name = self.bucket(kind, day)
            if name is not None and seconds > 0:
                self.work.setdefault(name, []).append((column, seconds))

    def add_cash(self, column, in_budget):
        for entries, amount in zip(self.cash, in_budget):
            entries.append((column, amount))

    def option(self, cost, work, in_budget):
        column = self.program.column(cost + self.labour(work))
        self.add_work(column, work)
        self.add_cash(column, in_budget)
        return column

    def add_subscription(self, sub, workdays):
        base = {"subscription": sub.id, "action": "migrate"}
        starts = list(self.start_moves(sub, workdays))
        exits = list(self.exit_moves(sub, workdays))
        options = self.options[sub.id] = SimpleNamespace(stays=[], starts=[], exits=[])

        stay = self.scored(sub, {"subscription": sub.id, "action": "stay"})
        if not stay.wrong:
            cost = stay.money + stay.components["gap"]
            options.stays.append(self.option(cost, stay.work, stay.in_budget))

        if starts and exits:
            self.add_moves(sub, base, starts, exits, options)
        chosen = options.stays + [start.column for start in options.starts]
        self.program.row("E", 1, [(column, 1) for column in chosen])
        # What is common to all choices leaves the objective, so that the solver sees small numbers.
        if chosen:
            least = min(self.program.costs[column] for column in chosen)
            self.constant += least
            for column in chosen:
                self.program.costs[column] -= least

    def add_moves(self, sub, base, starts, exits, options):
        """Money is old contract plus new contract. The old one depends on the exit and, by growth (M2.4), on which of the
        days of demand lie before the start: its class. So a start is scored with the first exit, and an exit, in every
        class, with the first start of the class, less what that start costs with the first exit."""
        changes = sorted({self.sc.start, *(since for since, _ in sub.demand)}) if sub.demand else []

        def class_of(fields):
            return sum(change < oracle.day_of(fields["provision_on"]) for change in changes)

        first_of_class = {}
        for fields in starts:
            got = self.scored(sub, {**base, **fields, **exits[0]})
            of_class = class_of(fields)
            first_of_class.setdefault(of_class, (fields, got))
            if not got.start_is_wrong:
                column = self.option(got.money, got.start_work, got.in_budget)
                options.starts.append(SimpleNamespace(column=column, fields=fields, of_class=of_class, hand_over=got.hand_over,
                                                      day=oracle.day_of(fields["provision_on"]), target=fields["target"]))
        for of_class in sorted({start.of_class for start in options.starts}):
            first, with_first = first_of_class[of_class]
            of_this_class = []
            for fields in exits:
                got = self.scored(sub, {**base, **first, **fields})
                if got.exit_is_wrong:
                    continue
                in_budget = [a - b for a, b in zip(got.in_budget, with_first.in_budget)]
                column = self.option(got.money - with_first.money, got.exit_work, in_budget)
                day = oracle.day_of(fields["exit_on"])
                grace = sub.offer.programme.grace if fields["exit"] == "lapse" else 0
                of_this_class.append(SimpleNamespace(column=column, fields=fields, day=day, limit=day + grace))
            self.program.row("E", 0, [(exit.column, 1) for exit in of_this_class]
                             + [(start.column, -1) for start in options.starts if start.of_class == of_class])
            options.exits += of_this_class
        if self.sc.continuity == "soft":
            self.price_gaps(sub, options)
        else:
            self.keep_continuity(options)

    # ---- What ties options together ------------------------------------------------------------------------

    def keep_continuity(self, options):
        """M3.6: whoever ends by a day was handed over by then."""
        def limit(exit):
            return exit.limit if self.sc.continuity == "grace" else exit.day
        for day in sorted({limit(exit) for exit in options.exits}):
            self.program.row("L", 0, [(exit.column, 1) for exit in options.exits if limit(exit) <= day]
                             + [(start.column, -1) for start in options.starts if start.hand_over <= day])

    def price_gaps(self, sub, options):
        """M3.6: what a hand-over and an exit cost together, as flow from the one to the other."""
        hand_overs = sorted({start.hand_over for start in options.starts})
        ends = sorted({(exit.limit, exit.day) for exit in options.exits})
        flow = {(h, end): self.program.column(max(0, h - end[0]) * demand(sub, end[1]) * self.sc.gap_per_seat_day, False)
                for h in hand_overs for end in ends}
        for h in hand_overs:
            self.program.row("E", 0, [(flow[h, end], 1) for end in ends]
                             + [(start.column, -1) for start in options.starts if start.hand_over == h])
        for end in ends:
            self.program.row("E", 0, [(flow[h, end], 1) for h in hand_overs]
                             + [(exit.column, -1) for exit in options.exits if (exit.limit, exit.day) == end])

    def keep_parent(self, sub):
        """M3.8"""
        own = self.options[sub.id]
        parent = self.options[sub.parent] if sub.parent else None
        if parent:
            self.program.row("E", 0, [(column, 1) for column in own.stays] + [(column, -1) for column in parent.stays])
            # Both sums of starts are then equal as well; one that can only stay forces the other.
            for day in sorted({start.day for start in own.starts}):
                self.program.row("L", 0, [(start.column, 1) for start in own.starts if start.day <= day]
                                 + [(start.column, -1) for start in parent.starts if start.day <= day])
            for day in sorted({exit.day for exit in parent.exits}):
                self.program.row("L", 0, [(exit.column, 1) for exit in parent.exits if exit.day <= day]
                                 + [(exit.column, -1) for exit in own.exits if exit.day <= day])
        for target in sub.targets:
            requires = self.sc.offers[target].requires
            if requires:
                self.program.row("L", 0, [(start.column, 1) for start in own.starts if start.target == target]
                                 + [(start.column, -1) for start in (parent.starts if parent else [])
                                    if start.target in requires])

    def add_customer(self, customer):
        workdays = self.workdays(customer)
        for sub in customer.subscriptions:
            self.add_subscription(sub, workdays)
        for sub in customer.subscriptions:
            self.keep_parent(sub)
        for day in workdays:  # M4.4
            visit = self.option(0, [("visit", day, self.sc.effort["visit"].seconds)], [])
            for sub in customer.subscriptions:
                starts = [start for start in self.options[sub.id].starts if start.day == day]
                if starts:
                    self.program.row("L", 0, [(start.column, 1) for start in starts] + [(visit, -1)])
        if customer.relationship == "pending":  # M3.3
            seconds = self.sc.effort["invite"].seconds
            sent = self.invitations[customer.id] = [(day, self.option(0, [("invite", day, seconds)], [])) for day in workdays]
            self.program.row("L", 1, [(column, 1) for _, column in sent])
            for sub in customer.subscriptions:
                for last in sorted({start.day for start in self.options[sub.id].starts}):
                    self.program.row("L", 0, [(s.column, 1) for s in self.options[sub.id].starts if s.day <= last]
                                     + [(column, -1) for day, column in sent if day + customer.plan_days <= last])

    # ---- The answer ----------------------------------------------------------------------------------------

    def solve(self, folder):
        """The cheapest plan and its total by the objective, or None if no plan is feasible."""
        solution = self.program.solve(folder)
        if solution is None:
            return None
        objective, chosen = solution
        moves, migrating = [], set()
        for sub in self.sc.subscriptions.values():
            options = self.options[sub.id]
            move = {"subscription": sub.id, "action": "stay"}
            for start in options.starts:
                if start.column in chosen:
                    exit = next(exit for exit in options.exits if exit.column in chosen)
                    move = {"subscription": sub.id, "action": "migrate", **start.fields, **exit.fields}
                    migrating.add(sub.customer.id)
            moves.append(move)
        invited = [{"id": customer, "invite_on": text_of(day)} for customer, sent in self.invitations.items()
                   for day, column in sent if column in chosen and customer in migrating]
        plan = {"format": "termwise-plan/1", "scenario": None, "customers": invited, "moves": moves}
        return SimpleNamespace(plan=plan, total=round(objective) + self.constant)
