// Files are there whole or not at all (M8).
#include "formats/output.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace termwise {
namespace {

namespace fs = std::filesystem;

class OutputFileTest : public testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "termwise-output-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }
    void TearDown() override { fs::remove_all(folder_); }

    [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
    [[nodiscard]] static std::string text_of(const std::string& path) {
        std::stringstream text;
        text << std::ifstream(path).rdbuf();
        return text.str();
    }
    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder_), fs::directory_iterator{}));
    }

    fs::path folder_;
};

TEST_F(OutputFileTest, TakesItsNameOnlyWhenItIsWhole) {
    OutputFile file(path("plan.json"));
    file.write("one, ");
    file.write("two");
    EXPECT_FALSE(fs::exists(path("plan.json")));
    file.commit();
    EXPECT_EQ(text_of(path("plan.json")), "one, two");
    EXPECT_EQ(files(), 1U);
}

TEST_F(OutputFileTest, LeavesNothingBehindIfItNeverComesToThat) {
    std::ofstream(path("plan.json")) << "old";
    {
        OutputFile file(path("plan.json"));
        file.write(std::string(1 << 20, 'x'));
    }
    EXPECT_EQ(text_of(path("plan.json")), "old");
    EXPECT_EQ(files(), 1U);
}

TEST_F(OutputFileTest, ReplacesWhatWasThere) {
    std::ofstream(path("plan.json")) << "a longer text that was there before";
    OutputFile file(path("plan.json"));
    file.write("new");
    file.commit();
    EXPECT_EQ(text_of(path("plan.json")), "new");
}

TEST_F(OutputFileTest, WritesWhereALinkLeadsAndKeepsTheLink) {
    std::ofstream(path("target.json")) << "old";
    fs::create_symlink(path("target.json"), path("link.json"));
    OutputFile file(path("link.json"));
    file.write("new");
    file.commit();
    EXPECT_TRUE(fs::is_symlink(path("link.json")));
    EXPECT_EQ(text_of(path("target.json")), "new");
}

TEST_F(OutputFileTest, SaysWhatCannotBeWritten) {
    EXPECT_THROW(OutputFile(path("no/such/folder.json")), OutputError);
    EXPECT_THROW(OutputFile(folder_.string()), OutputError);
    try {
        OutputFile file(path("no/such/folder.json"));
        FAIL();
    } catch (const OutputError& error) {
        EXPECT_EQ(std::string(error.what()),
                  "cannot create " + path("no/such/folder.json") + ": No such file or directory");
    }
}

TEST_F(OutputFileTest, NeverReplacesADevice) {
    OutputFile file("/dev/null");
    file.write("gone");
    file.commit();
    struct stat status {};
    ASSERT_EQ(::stat("/dev/null", &status), 0);
    EXPECT_TRUE(S_ISCHR(status.st_mode));
}

TEST_F(OutputFileTest, FilesThatBelongTogetherTakeTheirNamesTogether) {
    std::ofstream(path("wait.json")) << "old";
    OutputFiles together;
    OutputFile& stay = together.add(path("stay.json"));
    OutputFile& wait = together.add(path("wait.json"));
    stay.write("new");
    wait.write("newer");
    EXPECT_FALSE(fs::exists(path("stay.json")));
    together.commit();
    EXPECT_EQ(text_of(path("stay.json")), "new");
    EXPECT_EQ(text_of(path("wait.json")), "newer");
    EXPECT_EQ(files(), 2U);
}

TEST_F(OutputFileTest, OneThatCannotBeCompletedKeepsTheOthersFromTheirNames) {
    std::ofstream(path("stay.json")) << "old";
    fs::create_symlink("/dev/full", path("wait.json"));
    {
        OutputFiles together;
        for (const char* name : {"stay.json", "wait.json", "cancel-now.json"})
            together.add(path(name)).write("new");
        EXPECT_THROW(together.commit(), OutputError);
    }
    EXPECT_EQ(text_of(path("stay.json")), "old");
    EXPECT_EQ(files(), 2U);

    {
        OutputFiles together;
        together.add(path("stay.json")).write("new");
        EXPECT_THROW(together.add(folder_.string()), OutputError);
    }
    EXPECT_EQ(text_of(path("stay.json")), "old");
    EXPECT_EQ(files(), 2U);
}

TEST_F(OutputFileTest, MakesTheFolderForIt) {
    make_folder(path("a/b"));
    make_folder(path("a/b"));
    EXPECT_TRUE(fs::is_directory(folder_ / "a" / "b"));
    EXPECT_EQ(path_in(path("a/"), "b"), path("a/b"));
    std::ofstream(path("file")) << "";
    try {
        make_folder(path("file/b"));
        FAIL() << "a file is no folder";
    } catch (const OutputError& error) {
        EXPECT_EQ(std::string(error.what()), "cannot make folder " + path("file/b") + ": Not a directory");
    }
}

TEST_F(OutputFileTest, AFullDiskIsAnErrorNotAHalfFile) {
    OutputFile file("/dev/full");
    file.write("too much");
    EXPECT_THROW(file.commit(), OutputError);
}

}  // namespace
}  // namespace termwise
