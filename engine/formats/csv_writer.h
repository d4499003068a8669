// Tables out: RFC 4180, quoted where needed (libcsv), LF line ends.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace termwise {

class CsvWriter {
  public:
    using Flush = std::function<void(std::string_view)>;
    explicit CsvWriter(Flush flush) : flush_(std::move(flush)) {}

    CsvWriter& cell(std::string_view text);
    void end_row();
    /// Hands over what is left.
    void finish();

  private:
    Flush flush_;
    std::string text_;
    bool row_begun_ = false;
};

}  // namespace termwise
