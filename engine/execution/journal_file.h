// The journal as a file (SQLite): durable entry by entry, held by one executor at a time, and such that
// whoever opens it again sees all that was written or learns that it was tampered with, or that its end is
// missing (journal_head.h).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "execution/journal.h"
#include "execution/journal_head.h"

namespace termwise {

class JournalFile final : public Journal {
  public:
    enum class Access {
        write,  ///< makes the file if there is none (mode 0600), and holds it until the object goes
        read,   ///< as it is, also while another process writes
    };

    /// Throws JournalError, with what a person can do: it cannot be made or written, another executor holds
    /// it, it is no journal, its chain of digests is broken, it ends before its head. Runtime: linear in its
    /// entries.
    JournalFile(std::string path, Access access, Digest digest);
    ~JournalFile() override;
    JournalFile(const JournalFile&) = delete;
    JournalFile& operator=(const JournalFile&) = delete;

    [[nodiscard]] const std::vector<JournalEntry>& entries() const override { return entries_; }

  protected:
    void append(JournalEntry entry) override;

  private:
    struct Database;
    void read_entries();
    void check_end(const JournalMark& mark) const;
    void write_head() const;

    std::string path_;
    std::unique_ptr<Database> database_;
    JournalHead head_;
    std::vector<JournalEntry> entries_;
};

}  // namespace termwise
