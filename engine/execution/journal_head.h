// Beside a journal, what its last entry was: a chain of digests shows every change but a shorter end. Written
// after each entry, so that it may be behind the journal and never ahead of it; a journal that is behind its
// head was cut off, or is an older copy.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace termwise {

struct JournalMark {
    std::int64_t count = 0;  ///< of entries
    std::string digest;      ///< of the last one

    friend bool operator==(const JournalMark&, const JournalMark&) = default;
};

/// "JOURNAL.head".
[[nodiscard]] std::string head_path(std::string_view journal);

/// What stands in the head of the journal at `path`; nothing if there is none yet. Throws JournalError if it
/// cannot be read or holds something else. May be read while another process writes it.
[[nodiscard]] std::optional<JournalMark> read_journal_head(const std::string& journal);

class JournalHead {
  public:
    JournalHead() = default;
    ~JournalHead();
    JournalHead(const JournalHead&) = delete;
    JournalHead& operator=(const JournalHead&) = delete;

    /// Opens the head of the journal at `path` for writing, and makes it (mode 0600) if there is none. Throws
    /// JournalError if that cannot be done.
    void open(const std::string& journal);
    /// Never fails: a head that could not be written is behind, and that is no harm.
    void write(const JournalMark& mark) const noexcept;

  private:
    int descriptor_ = -1;
};

}  // namespace termwise
