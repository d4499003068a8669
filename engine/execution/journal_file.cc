#include "execution/journal_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace termwise {
namespace {

constexpr int kFormat = 1;
/// "tWjl": tells our files from other databases.
constexpr int kApplicationId = 0x74576A6C;

constexpr const char* kSchema =
    "CREATE TABLE entry(number INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, step TEXT NOT NULL,"
    " step_id TEXT NOT NULL, fields TEXT NOT NULL, previous TEXT NOT NULL, digest TEXT NOT NULL) STRICT;"
    "CREATE TRIGGER entries_stay BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'a journal is only added "
    "to'); END;"
    "CREATE TRIGGER entries_remain BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'a journal is only added "
    "to'); END;";

}  // namespace

/// SQLite's handle, what is prepared with it, and the lock beside it.
struct JournalFile::Database {
    sqlite3* handle = nullptr;
    sqlite3_stmt* insert = nullptr;
    int lock = -1;

    Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() {
        sqlite3_finalize(insert);
        sqlite3_close(handle);
        if (lock >= 0) close(lock);
    }

    [[noreturn]] void fail(const std::string& path, std::string_view doing) const {
        throw JournalError(fmt::format("{}: cannot {} the journal: {}", path, doing,
                                       handle == nullptr ? "out of memory" : sqlite3_errmsg(handle)));
    }
    void run(const std::string& path, const char* sql, std::string_view doing) const {
        if (sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(path, doing);
    }
    [[nodiscard]] int number(const std::string& path, const char* sql) const {
        sqlite3_stmt* query = nullptr;
        if (sqlite3_prepare_v2(handle, sql, -1, &query, nullptr) != SQLITE_OK) fail(path, "read");
        const int value = sqlite3_step(query) == SQLITE_ROW ? sqlite3_column_int(query, 0) : 0;
        sqlite3_finalize(query);
        return value;
    }
};

JournalFile::JournalFile(std::string path, Access wanted, Digest digest)
    : Journal(std::move(digest)), path_(std::move(path)), database_(std::make_unique<Database>()) {
    const bool writes = wanted == Access::write;
    if (writes) {
        // A lock of our own: SQLite's come and go with transactions, and a second executor must not come
        // between.
        const std::string lock = path_ + ".lock";
        database_->lock = open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (database_->lock < 0)
            throw JournalError(
                fmt::format("{}: cannot make the journal's lock: {}", lock, std::strerror(errno)));
        if (flock(database_->lock, LOCK_EX | LOCK_NB) != 0)
            throw JournalError(
                fmt::format("{}: another executor is at work with this journal. Wait until it is done, or "
                            "end it; two would buy twice",
                            path_));
    }
    // Before the entries: another process may add some meanwhile.
    const std::optional<JournalMark> mark = read_journal_head(path_);
    if (mark && access(path_.c_str(), F_OK) != 0) check_end(*mark);
    if (writes) {
        // Made here so that nobody else can read it: SQLite would go by the umask.
        const int made = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (made < 0)
            throw JournalError(fmt::format("{}: cannot write the journal: {}", path_, std::strerror(errno)));
        close(made);
    }
    if (!writes && access(path_.c_str(), F_OK) != 0)
        throw JournalError(
            fmt::format("{}: there is no journal: nothing has been executed with it yet", path_));
    const int flags = writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    if (sqlite3_open_v2(path_.c_str(), &database_->handle, flags | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK)
        database_->fail(path_, "open");
    sqlite3_busy_timeout(database_->handle, 5'000);
    if (writes) {
        database_->run(path_, "PRAGMA synchronous=FULL", "write");
        if (database_->number(path_, "SELECT count(*) FROM sqlite_master") == 0) {
            database_->run(path_, "PRAGMA journal_mode=WAL", "write");
            const std::string made =
                fmt::format("BEGIN;{}PRAGMA application_id={};PRAGMA user_version={};COMMIT;", kSchema,
                            kApplicationId, kFormat);
            database_->run(path_, made.c_str(), "make");
        }
    }
    if (database_->number(path_, "PRAGMA application_id") != kApplicationId)
        throw JournalError(fmt::format("{}: this is a database, and no journal of termwise", path_));
    if (const int format = database_->number(path_, "PRAGMA user_version"); format != kFormat)
        throw JournalError(
            fmt::format("{}: the journal has format {}, and this program knows {}", path_, format, kFormat));
    read_entries();
    if (mark) check_end(*mark);
    if (!writes) return;
    head_.open(path_);
    write_head();
    constexpr const char* kInsert = "INSERT INTO entry VALUES(?1,?2,?3,?4,?5,?6,?7,?8)";
    if (sqlite3_prepare_v2(database_->handle, kInsert, -1, &database_->insert, nullptr) != SQLITE_OK)
        database_->fail(path_, "write");
}

JournalFile::~JournalFile() = default;

void JournalFile::check_end(const JournalMark& mark) const {
    const auto count = static_cast<std::int64_t>(entries_.size());
    const bool is_there =
        mark.count <= count &&
        (mark.count == 0 || entries_[static_cast<std::size_t>(mark.count) - 1].digest == mark.digest);
    if (is_there) return;
    const std::string end =
        count < mark.count
            ? fmt::format("has {} entries, and it had {}: its end is missing", count, mark.count)
            : fmt::format("has another entry {} than it had", mark.count);
    throw JournalError(fmt::format(
        "{}: the journal {}, or this is another copy of it. What was done after that is not known here, and "
        "could be done twice. Put back the one that belongs to {}; if there is none, see what Partner Center "
        "shows before that file is taken away and anything is executed again",
        path_, end, head_path(path_)));
}

void JournalFile::write_head() const {
    if (!entries_.empty()) head_.write({static_cast<std::int64_t>(entries_.size()), entries_.back().digest});
}

void JournalFile::read_entries() {
    sqlite3_stmt* query = nullptr;
    if (sqlite3_prepare_v2(
            database_->handle,
            "SELECT number, at, kind, step, step_id, fields, previous, digest FROM entry ORDER BY number", -1,
            &query, nullptr) != SQLITE_OK)
        database_->fail(path_, "read");
    const auto text = [&](int column) {
        const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(query, column));
        return bytes == nullptr
                   ? std::string()
                   : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(query, column)));
    };
    std::string problem;
    int status = SQLITE_ROW;
    while (problem.empty() && (status = sqlite3_step(query)) == SQLITE_ROW) {
        JournalEntry entry;
        entry.number = sqlite3_column_int64(query, 0);
        const std::optional<Instant> at = parse_instant(text(1));
        const std::optional<EntryKind> kind = entry_kind_of(text(2));
        if (!at || !kind) problem = fmt::format("entry {} is unreadable", entry.number);
        entry.at = at.value_or(Instant{});
        entry.kind = kind.value_or(EntryKind::opened);
        entry.step = text(3);
        entry.step_id = text(4);
        entry.fields = parse_fields(text(5));
        entry.previous = text(6);
        entry.digest = text(7);
        entries_.push_back(std::move(entry));
    }
    sqlite3_finalize(query);
    if (problem.empty() && status != SQLITE_DONE) database_->fail(path_, "read");
    if (problem.empty()) problem = problem_with_chain(entries_);
    if (problem.empty()) return;
    throw JournalError(
        fmt::format("{}: the journal was changed: {}. Of its {} entries none is trusted any more. Compare it "
                    "with a copy (export journal), and what it says with Partner Center, before anything "
                    "is executed again",
                    path_, problem, entries_.size()));
}

void JournalFile::append(JournalEntry entry) {
    sqlite3_stmt* insert = database_->insert;
    if (insert == nullptr) throw JournalError(fmt::format("{}: the journal was opened for reading", path_));
    const std::string at = to_text(entry.at);
    const std::string fields = fields_text(entry.fields);
    const auto bind = [&](int position, std::string_view text) {
        sqlite3_bind_text(insert, position, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    };
    sqlite3_bind_int64(insert, 1, entry.number);
    bind(2, at);
    bind(3, entry_kind_name(entry.kind));
    bind(4, entry.step);
    bind(5, entry.step_id);
    bind(6, fields);
    bind(7, entry.previous);
    bind(8, entry.digest);
    const int status = sqlite3_step(insert);
    sqlite3_reset(insert);
    if (status != SQLITE_DONE) database_->fail(path_, "add to");
    entries_.push_back(std::move(entry));
    write_head();
}

}  // namespace termwise
