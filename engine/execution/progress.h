// What a journal says about each step: a fold over its entries, in memory. Nothing here is kept anywhere
// else, so that a process which comes back after a crash knows what the one before it knew.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "execution/journal.h"
#include "execution/step.h"

namespace termwise {

/// An intent of which no answer is known. Whether the request left, and whether it did anything, has to be
/// found out.
struct Doubt {
    Instant at;  ///< when it was last meant
    std::string operation;
    std::string request_id;
    Fields fields;
    /// An answer came, and it was that the server failed: it may have happened, but the id was used.
    bool was_answered = false;
    /// An earlier attempt was in doubt already: what is answered to this one says nothing of that.
    bool is_repeated = false;
};

struct StepRecord {
    enum class State : std::uint8_t { open, waiting, done, skipped };
    State state = State::open;
    std::string why;  ///< of waiting and skipped
    Fields learnt;    ///< what answers said that later steps need; the last value of a name holds
    std::map<std::string, Doubt> doubts;  ///< by operation
    Instant first_tried;         ///< of the first entry, or since a person last confirmed something of it
    std::int64_t confirmed = 0;  ///< how often a person did

    [[nodiscard]] bool finished() const { return state == State::done || state == State::skipped; }
};

/// Why a customer is stopped.
struct StopRecord {
    Instant at;
    std::string step_key, step_id;
    std::string why, choices;
    std::string drift;  ///< what was found different, in one line; empty: it is not about that
};

class Progress {
  public:
    /// Of everything in `journal`.
    explicit Progress(const Journal& journal) { catch_up(journal); }

    /// Takes account of what was added to the same journal since.
    void catch_up(const Journal& journal);

    /// By Step::key; a step that nothing is known of is open.
    [[nodiscard]] const StepRecord& of(std::string_view key) const;
    /// How often a person has confirmed something of the step, or approved anew.
    [[nodiscard]] std::int64_t looks_at(std::string_view key) const { return approvals_ + of(key).confirmed; }
    /// By the customer's tenant; null: not stopped.
    [[nodiscard]] const StopRecord* stop_of(std::string_view tenant) const;
    /// Whether a person said that work goes on although this was found.
    [[nodiscard]] bool is_accepted(std::string_view tenant, std::string_view drift) const;
    /// What the last `approved` entry said; empty fields: there is none.
    [[nodiscard]] const Fields& approval() const { return approval_; }
    [[nodiscard]] const std::map<std::string, StepRecord, std::less<>>& steps() const { return steps_; }

  private:
    void take(const JournalEntry& entry);

    std::size_t taken_ = 0;  // entries of the journal
    std::map<std::string, StepRecord, std::less<>> steps_;
    std::map<std::string, StopRecord, std::less<>> stops_;
    std::map<std::string, std::vector<std::string>, std::less<>> accepted_;
    Fields approval_;
    std::int64_t approvals_ = 0;
};

/// The tenant in a step's key.
[[nodiscard]] std::string_view tenant_in(std::string_view key);

}  // namespace termwise
