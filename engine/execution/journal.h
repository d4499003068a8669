// The journal: what was meant to be done and what came of it, in the order in which it happened. Every intent
// is in it before its request leaves, every answer before the next step. It is only ever added to, and each
// entry holds the digest of the one before, so that nothing can be changed or taken out of its
// middle unnoticed; its end is remembered beside it (journal_head.h). One journal a partner's tenant.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "calendar/instant.h"

namespace termwise {

enum class EntryKind : std::uint8_t {
    opened,     ///< a new journal: tenant, programme version
    approved,   ///< from here on this approval holds
    intent,     ///< a request is about to leave: operation, request_id, correlation_id
    answer,     ///< what came of it: operation, class, http_status, code, and what was learnt
    learnt,     ///< something read that later steps need
    waiting,    ///< a step waits: why
    done,       ///< a step is done
    skipped,    ///< a step is not needed: why
    stopped,    ///< a customer is stopped: why, what a person can do
    warned,     ///< something a person should know, though work goes on
    confirmed,  ///< a person says that a step is done, or that a stop is settled: by, note
};
inline constexpr int kEntryKinds = 11;
[[nodiscard]] std::string_view entry_kind_name(EntryKind kind);
[[nodiscard]] std::optional<EntryKind> entry_kind_of(std::string_view name);

using Fields = std::vector<std::pair<std::string, std::string>>;

/// The value of a field; empty if there is none.
[[nodiscard]] std::string_view field(const Fields& fields, std::string_view name);

struct JournalEntry {
    std::int64_t number = 0;  ///< from 1, without a gap
    Instant at;
    EntryKind kind = EntryKind::opened;
    std::string step;     ///< Step::key; empty: of no step
    std::string step_id;  ///< Step::id: for people
    Fields fields;
    std::string previous;  ///< digest of the entry before; empty: none
    std::string digest;    ///< of everything above

    friend bool operator==(const JournalEntry&, const JournalEntry&) = default;
};

/// SHA-256 of a text, 64 hex digits: given by whoever has it (formats/sha256.h).
using Digest = std::function<std::string(std::string_view)>;

/// What a digest is taken of: every field, so written that no two entries share a text.
[[nodiscard]] std::string digested_text(const JournalEntry& entry);

/// Fields as one text and back: a line each, "name=value", with \n, \r and \ in values escaped.
[[nodiscard]] std::string fields_text(const Fields& fields);
[[nodiscard]] Fields parse_fields(std::string_view text);

/// A journal that cannot be used: another executor has it, it was changed, it cannot be written. The message
/// says so to a person.
struct JournalError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Journal {
  public:
    virtual ~Journal() = default;

    [[nodiscard]] virtual const std::vector<JournalEntry>& entries() const = 0;

    /// Adds an entry, numbered and chained; durable when it returns. Throws JournalError if it cannot be, and
    /// then nothing was added.
    const JournalEntry& add(Instant at, EntryKind kind, std::string step, std::string step_id, Fields fields);

  protected:
    explicit Journal(Digest digest) : digest_(std::move(digest)) {}
    /// Makes `entry` durable and keeps it. Throws JournalError.
    virtual void append(JournalEntry entry) = 0;
    /// What is wrong with entries that were read, the first thing; empty: nothing.
    [[nodiscard]] std::string problem_with_chain(const std::vector<JournalEntry>& entries) const;

  private:
    Digest digest_;
};

/// For rehearsals that nobody will ask about later, and for tests.
class MemoryJournal : public Journal {
  public:
    explicit MemoryJournal(Digest digest) : Journal(std::move(digest)) {}
    [[nodiscard]] const std::vector<JournalEntry>& entries() const override { return entries_; }

  protected:
    void append(JournalEntry entry) override { entries_.push_back(std::move(entry)); }

  private:
    std::vector<JournalEntry> entries_;
};

}  // namespace termwise
