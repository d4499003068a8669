#include "cli/dry_run.h"

#include <fmt/format.h>

namespace termwise::cli {

void PrintedTransport::begin(const Step& step) {
    is_step_told_ = step_ == step.id;
    step_ = step.id;
}

void PrintedTransport::finish() {
    if (repeats_ > 0) print_(fmt::format("        again until it is so, {} times\n", repeats_));
    repeats_ = 0;
    last_.clear();
}

HttpOutcome PrintedTransport::send(const HttpRequest& request) {
    const std::size_t path = request.url.find("/v1/");
    if (path != std::string::npos) {
        // A validation is asked for with a body, and changes nothing.
        const bool asks = request.method == "POST" && request.url.ends_with("/validate");
        const bool reads = request.method == "GET" || asks;
        ++(reads ? reads_ : changes_);
        const std::string line =
            fmt::format("  {:<5} {}{}{}\n", request.method, std::string_view(request.url).substr(path),
                        request.body.empty() ? "" : "  ", request.body);
        if (reads && line == last_ && is_step_told_) {
            ++repeats_;  // asked again until something has changed
        } else {
            finish();
            if (!is_step_told_) print_(fmt::format("{}  {}\n", to_text(emulator_.now()), step_));
            is_step_told_ = true;
            print_(line);
            last_ = line;
        }
    }
    return emulator_.handle(request);
}

}  // namespace termwise::cli
