// A table that grows row by row and goes on where it was broken off: by Ctrl-C, by a power cut, by a job's
// time limit. Other output of the program is there whole or not at all; this is the exception, since what is
// in it took long.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace termwise {

class ResultsFile {
  public:
    /// What is wrong with `line` as row `row` (from 0) of the table; empty if nothing is.
    using Judge = std::function<std::string(std::uint64_t row, std::string_view line)>;

    /// Opens the file, or makes it. `head` is what it begins with, whole lines; `rows` is how many it will
    /// have. Rows that are there whole are kept. Nothing, and why in `diagnostics`, if anything else is in
    /// the file or somebody else is writing to it. In any case it is left as it is until append() or finish()
    /// is called, and is not there if it was not before. A device or a pipe is only written to. Throws
    /// OutputError if the file cannot be opened. Runtime: what is in the file.
    [[nodiscard]] static std::optional<ResultsFile> open(const std::string& path, const std::string& head,
                                                         std::uint64_t rows, const Judge& judge,
                                                         Diagnostics& diagnostics);
    ~ResultsFile();
    ResultsFile(ResultsFile&& other) noexcept;
    ResultsFile& operator=(ResultsFile&&) = delete;
    ResultsFile(const ResultsFile&) = delete;
    ResultsFile& operator=(const ResultsFile&) = delete;

    /// How many rows were there already.
    [[nodiscard]] std::uint64_t kept() const { return kept_; }
    /// Adds rows, whole lines; they are the system's when this returns. The first time a line that is broken
    /// off is cut away, and the head is completed. Throws OutputError.
    void append(std::string_view rows);
    /// Makes everything durable. Throws OutputError.
    void finish();

  private:
    ResultsFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
    [[noreturn]] void fail(const char* doing) const;
    void begin();
    void write(std::string_view text);
    [[nodiscard]] bool read(const std::string& head, std::uint64_t rows, const Judge& judge,
                            Diagnostics& diagnostics);

    std::string path_;
    int descriptor_;
    bool regular_ = true;
    bool made_ = false;   // by us: there was none
    bool begun_ = false;  // to be written to
    std::uint64_t kept_ = 0;
    std::uint64_t kept_bytes_ = 0;
    std::string missing_head_;
};

}  // namespace termwise
