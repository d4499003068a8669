// The journal's file (design 6.3, 6.7, 6.9): what was added is there whenever the process ends; nobody writes
// beside its owner; whoever changed it is found out.
#include "execution/journal_file.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "support/rehearsal.h"
#include "support/scratch.h"

namespace termwise {
namespace {

using namespace test;
using Access = JournalFile::Access;

void add_some(Journal& journal, int count) {
    for (int i = 0; i < count; ++i)
        journal.add(at("2026-03-01T09:30:00Z") + static_cast<std::int64_t>(journal.entries().size()),
                    EntryKind::learnt, "provision/t/s", "contoso/provision/s",
                    {{"order_id", "o-" + std::to_string(i)}, {"text", "two\nlines, \\ and \xC3\xA9"}});
}

class JournalFiles : public testing::Test {
  protected:
    [[nodiscard]] std::string path() const { return scratch.path("journal"); }
    [[nodiscard]] std::string bytes_of(const std::string& file) const {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write_some(int count) const {
        JournalFile journal(path(), Access::write, sha256);
        add_some(journal, count);
    }
    /// Why it cannot be opened; empty: it can.
    [[nodiscard]] std::string refusal(Access access) const {
        try {
            const JournalFile journal(path(), access, sha256);
            return {};
        } catch (const JournalError& error) {
            return error.what();
        }
    }
    /// As somebody with a database program would. Returns what SQLite says, empty if it did it.
    [[nodiscard]] std::string sql(const std::string& text) const {
        sqlite3* handle = nullptr;
        sqlite3_open(path().c_str(), &handle);
        char* error = nullptr;
        sqlite3_exec(handle, text.c_str(), nullptr, nullptr, &error);
        std::string said = error == nullptr ? "" : error;
        sqlite3_free(error);
        sqlite3_close(handle);
        return said;
    }
    void tamper(const std::string& text) const {
        // What is tested is what is found later, and not whether it lasts.
        ASSERT_EQ(
            sql("PRAGMA synchronous=OFF; DROP TRIGGER entries_stay; DROP TRIGGER entries_remain;" + text),
            "");
    }
    /// Runs `work` in a process of its own, which ends without any ado; its status.
    template <class Work>
    static int in_child(Work work) {
        const pid_t child = fork();
        if (child == 0) {
            int status = 99;
            try {
                status = work();
            } catch (...) {
            }
            _exit(status);
        }
        int status = 0;
        waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }

    Scratch scratch;
};

TEST_F(JournalFiles, KeepsWhatWasAdded) {
    std::vector<JournalEntry> before;
    {
        JournalFile journal(path(), Access::write, sha256);
        add_some(journal, 5);
        before = journal.entries();
    }
    JournalFile again(path(), Access::write, sha256);
    EXPECT_EQ(again.entries(), before);
    add_some(again, 1);
    EXPECT_EQ(again.entries().back().previous, before.back().digest);
    EXPECT_EQ(again.entries().back().number, 6);
}

TEST_F(JournalFiles, KeepsWhatWasAddedByAProcessThatWasKilled) {
    EXPECT_EQ(in_child([&] {
                  JournalFile journal(path(), Access::write, sha256);
                  add_some(journal, 3);
                  raise(SIGKILL);
                  return 0;
              }),
              -SIGKILL);
    EXPECT_EQ(JournalFile(path(), Access::read, sha256).entries().size(), 3U);
    EXPECT_EQ(JournalFile(path(), Access::write, sha256).entries().size(), 3U);
}

TEST_F(JournalFiles, IsItsOwnersAlone) {
    const mode_t before = umask(0);
    {
        JournalFile journal(path(), Access::write, sha256);
        add_some(journal, 1);
        for (const char* ending : {"", "-wal", "-shm", ".lock", ".head"}) {
            struct stat info {};
            ASSERT_EQ(stat((path() + ending).c_str(), &info), 0) << ending;
            EXPECT_EQ(info.st_mode & 0777, 0600U) << ending;
        }
    }
    umask(before);
}

TEST_F(JournalFiles, ASecondExecutorIsRefused) {
    JournalFile journal(path(), Access::write, sha256);
    EXPECT_NE(refusal(Access::write).find("another executor is at work"), std::string::npos);
    EXPECT_EQ(in_child([&] { return refusal(Access::write).empty() ? 1 : 0; }), 0);
    add_some(journal, 1);  // and the first goes on
}

TEST_F(JournalFiles, TheLockGoesWithItsProcess) {
    in_child([&] {
        JournalFile journal(path(), Access::write, sha256);
        add_some(journal, 1);
        raise(SIGKILL);
        return 0;
    });
    EXPECT_EQ(refusal(Access::write), "");
}

TEST_F(JournalFiles, OthersReadWhileOneWrites) {
    JournalFile writer(path(), Access::write, sha256);
    add_some(writer, 2);
    const JournalFile reader(path(), Access::read, sha256);
    EXPECT_EQ(reader.entries(), writer.entries());
    add_some(writer, 1);
    EXPECT_EQ(reader.entries().size(), 2U);  // as it was when it was opened
    EXPECT_EQ(JournalFile(path(), Access::read, sha256).entries().size(), 3U);
}

TEST_F(JournalFiles, WhoReadsDoesNotWrite) {
    write_some(1);
    JournalFile reader(path(), Access::read, sha256);
    EXPECT_THROW(add_some(reader, 1), JournalError);
    EXPECT_EQ(reader.entries().size(), 1U);
}

TEST_F(JournalFiles, ReadingMakesNoFile) {
    EXPECT_NE(refusal(Access::read), "");
    EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(JournalFiles, TheDatabaseItselfRefusesToForget) {
    write_some(2);
    EXPECT_EQ(sql("UPDATE entry SET fields = 'class=ok' WHERE number = 1"), "a journal is only added to");
    EXPECT_EQ(sql("DELETE FROM entry WHERE number = 2"), "a journal is only added to");
    EXPECT_EQ(refusal(Access::read), "");
}

TEST_F(JournalFiles, FindsEveryChangeOut) {
    const std::vector<std::pair<std::string, std::string>> changes{
        {"UPDATE entry SET fields = 'order_id=o-9' WHERE number = 2", "entry 2 was changed"},
        {"UPDATE entry SET at = '2026-03-01T09:30:09Z' WHERE number = 3", "entry 3 was changed"},
        {"UPDATE entry SET kind = 'done' WHERE number = 1", "entry 1 was changed"},
        {"UPDATE entry SET step = 'provision/t/x' WHERE number = 4", "entry 4 was changed"},
        {"UPDATE entry SET step_id = '' WHERE number = 4", "entry 4 was changed"},
        {"UPDATE entry SET digest = previous WHERE number = 4", "entry 4 was changed"},
        {"UPDATE entry SET previous = digest WHERE number = 2", "entry 2 does not follow"},
        {"UPDATE entry SET kind = 'unheard-of' WHERE number = 2", "entry 2 is unreadable"},
        {"UPDATE entry SET at = 'yesterday' WHERE number = 2", "entry 2 is unreadable"},
        {"DELETE FROM entry WHERE number = 2", "entry 2 is missing"},
        {"DELETE FROM entry WHERE number = 1", "entry 1 is missing"},
        {"DELETE FROM entry WHERE number = 1; UPDATE entry SET number = number - 1",
         "the beginning is missing"},
        {"UPDATE entry SET number = 99 WHERE number = 2; UPDATE entry SET number = 2 WHERE number = 3;"
         "UPDATE entry SET number = 3 WHERE number = 99",
         "entry 2 does not follow"},
        {"INSERT INTO entry SELECT 6, at, kind, step, step_id, fields, previous, digest FROM entry "
         "WHERE number = 5",
         "entry 6 does not follow"}};
    write_some(5);
    const std::string whole = bytes_of(path());
    for (const auto& [change, expected] : changes) {
        scratch.write("journal", whole);
        tamper(change);
        for (const Access access : {Access::read, Access::write}) {
            const std::string said = refusal(access);
            EXPECT_NE(said.find("the journal was changed: "), std::string::npos) << change << '\n' << said;
            EXPECT_NE(said.find(expected), std::string::npos) << change << '\n' << said;
        }
    }
}

// A chain of digests that ends earlier is a whole chain: only the head beside it knows better.
TEST_F(JournalFiles, AnEndThatIsMissingIsFoundOut) {
    write_some(5);
    tamper("DELETE FROM entry WHERE number > 3");
    for (const Access access : {Access::read, Access::write})
        EXPECT_NE(refusal(access).find("the journal has 3 entries, and it had 5: its end is missing"),
                  std::string::npos)
            << refusal(access);
}

TEST_F(JournalFiles, AnOlderCopyIsFoundOut) {
    write_some(2);
    const std::string copy = bytes_of(path());
    write_some(2);
    scratch.write("journal", copy);
    EXPECT_NE(refusal(Access::write).find("and it had 4"), std::string::npos) << refusal(Access::write);
    // And one that went another way since.
    const std::string head = bytes_of(path() + ".head");
    std::filesystem::remove(path() + ".head");
    {
        JournalFile journal(path(), Access::write, sha256);
        for (int i = 0; i < 3; ++i)
            journal.add(at("2026-03-02T00:00:00Z"), EntryKind::learnt, "provision/t/s", "s", {});
    }
    scratch.write("journal.head", head);
    EXPECT_NE(refusal(Access::read).find("has another entry 4 than it had"), std::string::npos)
        << refusal(Access::read);
}

TEST_F(JournalFiles, AJournalThatIsGoneIsNotBegunAnew) {
    write_some(3);
    std::filesystem::remove(path());
    for (const Access access : {Access::read, Access::write})
        EXPECT_NE(refusal(access).find("has 0 entries, and it had 3"), std::string::npos) << refusal(access);
    EXPECT_FALSE(std::filesystem::exists(path()));
}

// Killed between the entry and its mark, or from before there were heads: behind is no harm.
TEST_F(JournalFiles, AHeadThatIsBehindOrNotThereCatchesUp) {
    write_some(2);
    const std::string behind = bytes_of(path() + ".head");
    write_some(2);
    const std::string whole = bytes_of(path() + ".head");
    EXPECT_EQ(behind.size(), whole.size());
    for (const std::string& head : {behind, std::string()}) {
        scratch.write("journal.head", head);
        EXPECT_EQ(refusal(Access::read), "");
        EXPECT_EQ(refusal(Access::write), "");
        EXPECT_EQ(bytes_of(path() + ".head"), whole);
    }
    std::filesystem::remove(path() + ".head");
    EXPECT_EQ(refusal(Access::read), "");
    EXPECT_FALSE(std::filesystem::exists(path() + ".head"));  // who reads makes no file
    EXPECT_EQ(refusal(Access::write), "");
    EXPECT_EQ(bytes_of(path() + ".head"), whole);
}

TEST_F(JournalFiles, AHeadThatIsNoneIsRefused) {
    write_some(2);
    const std::string whole = bytes_of(path() + ".head");
    for (const std::string& head :
         {whole.substr(1), whole + "x", whole.substr(0, 40), std::string("7"), std::string(300, '0')}) {
        scratch.write("journal.head", head);
        EXPECT_NE(refusal(Access::read).find("this is not the head of a journal"), std::string::npos) << head;
    }
    scratch.write("journal.head", whole);
    EXPECT_EQ(refusal(Access::write), "");
}

TEST_F(JournalFiles, AFileThatIsNoJournalIsLeftAlone) {
    const std::string text = "These are my notes, and they are long enough to be taken for something else.";
    scratch.write("journal", text);
    EXPECT_NE(refusal(Access::write), "");
    EXPECT_NE(refusal(Access::read), "");
    EXPECT_EQ(bytes_of(path()), text);
}

TEST_F(JournalFiles, SomebodyElsesDatabaseIsLeftAlone) {
    ASSERT_EQ(sql("CREATE TABLE entry(a); INSERT INTO entry VALUES(1)"), "");
    const std::string before = bytes_of(path());
    EXPECT_NE(refusal(Access::write).find("no journal of termwise"), std::string::npos);
    EXPECT_NE(refusal(Access::read).find("no journal of termwise"), std::string::npos);
    EXPECT_EQ(bytes_of(path()), before);
}

TEST_F(JournalFiles, AJournalOfANewerFormatIsNotGuessedAt) {
    write_some(1);
    ASSERT_EQ(sql("PRAGMA user_version = 2"), "");
    EXPECT_NE(refusal(Access::write).find("the journal has format 2, and this program knows 1"),
              std::string::npos);
}

TEST_F(JournalFiles, ADamagedFileIsRefused) {
    {
        JournalFile journal(path(), Access::write, sha256);
        for (int i = 0; i < 12; ++i)
            journal.add(at("2026-03-01T09:30:00Z"), EntryKind::learnt, "provision/t/s", "contoso/provision/s",
                        {{"text", std::string(3'000, 'a')}});
    }
    std::string bytes = bytes_of(path());
    ASSERT_GT(bytes.size(), 20'000U);
    scratch.write("journal", bytes.substr(0, bytes.size() / 2));
    EXPECT_NE(refusal(Access::read), "");
    for (std::size_t i = 9'000; i < 9'400; ++i) bytes[i] = 'x';
    scratch.write("journal", bytes);
    EXPECT_NE(refusal(Access::read), "");
}

TEST_F(JournalFiles, AFullDiskIsSaidBeforeAnythingIsBelieved) {
    const auto status = in_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        JournalFile journal(path(), Access::write, sha256);
        add_some(journal, 10);
        const rlimit small{60'000, 60'000};
        if (setrlimit(RLIMIT_FSIZE, &small) != 0) return 1;
        const std::size_t before = journal.entries().size();
        std::size_t added = before;
        try {
            for (;;) {
                add_some(journal, 1);
                ++added;
                if (added > 100'000) return 2;
            }
        } catch (const JournalError& error) {
            if (std::string_view(error.what()).find("cannot add to the journal") == std::string_view::npos)
                return 3;
        }
        // What was told to be there is there, no more and no less.
        std::ofstream(scratch.path("count")) << added;
        return journal.entries().size() == added ? 0 : 4;
    });
    ASSERT_EQ(status, 0);
    std::size_t added = 0;
    std::ifstream(scratch.path("count")) >> added;
    EXPECT_GT(added, 10U);
    JournalFile journal(path(), Access::write, sha256);
    EXPECT_EQ(journal.entries().size(), added);
    add_some(journal, 1);
}

TEST_F(JournalFiles, AFolderThatCannotBeWrittenIsNamed) {
    write_some(1);
    const std::string folder = std::filesystem::path(path()).parent_path();
    const int status = in_child([&] {
        chmod(folder.c_str(), 0555);
        chmod(path().c_str(), 0444);
        // Root may write anywhere: be somebody else.
        if (geteuid() == 0 && setuid(65534) != 0) return 1;
        const std::string said = refusal(Access::write);
        return said.find("journal") != std::string::npos && said.find("denied") != std::string::npos ? 0 : 2;
    });
    chmod(folder.c_str(), 0700);
    EXPECT_EQ(status, 0);
    EXPECT_NE(JournalFiles::in_child([&] {
                  try {
                      JournalFile("/nowhere/journal", Access::write, sha256);
                  } catch (const JournalError&) {
                      return 7;
                  }
                  return 0;
              }),
              0);
}

}  // namespace
}  // namespace termwise
