// What the emulator writes down for tests: who was billed what, who was without service, who asked for what.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/interval.h"
#include "calendar/day.h"
#include "calendar/instant.h"
#include "money/money.h"

namespace termwise::emulator {

/// An amount billed, or refunded (negative).
struct BilledLine {
    Day dated;
    Interval<Day> covers;
    std::int32_t seats = 0;
    Money amount;
    std::string subscription;  ///< live id
    bool is_new = false;       ///< not from before: bought, or migrated to
};

/// A subscription's life.
struct LifeLine {
    std::string subscription;   ///< live id
    std::string customer;       ///< tenant id
    std::string offer;          ///< of the scenario
    std::string from_before;    ///< id of the scenario's subscription; empty: new
    std::string migrated_from;  ///< live id
    bool is_new = false;
    std::int32_t seats = 0;
    Instant since;                 ///< bought; for one from before the emulator's beginning
    std::optional<Instant> until;  ///< service by it ended
    std::string status;            ///< "active"
    std::int64_t seat_days = 0;    ///< billed
};

/// Somebody who needs service and has none.
struct AccessGap {
    std::string customer;      ///< tenant id
    std::string user;          ///< object id
    std::string subscription;  ///< of the scenario: what the service is about
    Instant from;
    std::optional<Instant> to;  ///< none: still

    /// Days without service as the model counts them (M3.6): one that is over on the day on which it began is
    /// none. `now` stands in for an end.
    [[nodiscard]] std::int32_t days(Instant now) const { return day_of(to.value_or(now)) - day_of(from); }
};

/// A call that changed something, or tried to.
struct Mutation {
    std::int64_t call = 0;  ///< its number, see Call
    Instant at;
    std::string method;
    std::string path;  ///< lower case, without query
    std::string request_id;
    int status = 0;        ///< as it was carried out, even if the answer was lost
    bool answered = true;  ///< the answer went out whole
    std::string effect;    ///< "bought 25 of m365-e3-nce as <id>"; empty: nothing changed
};

struct Call {
    std::int64_t number = 0;  ///< from 1
    Instant at;
    std::string method;
    std::string target;  ///< path and query as they came
    std::string request_id;
    std::string correlation_id;
    int status = 0;  ///< 0: no answer went out
    std::string fault;
};

struct Ledgers {
    std::vector<BilledLine> billed;
    std::vector<LifeLine> lives;
    std::vector<AccessGap> gaps;
    std::vector<Mutation> mutations;
    std::vector<Call> calls;

    /// What was billed, less what was refunded, for new (or else old) subscriptions on days of the interval.
    [[nodiscard]] Money charges(bool is_new, Interval<Day> days) const;
    [[nodiscard]] Money refunds(bool is_new, Interval<Day> days) const;  ///< positive
};

}  // namespace termwise::emulator
