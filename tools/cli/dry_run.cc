#include "cli/dry_run.h"

#include <fmt/format.h>

namespace termwise::cli {

void PrintedTransport::begin(const Step& step) {
    is_step_told_ = step_ == step.id;
    step_ = step.id;
}

HttpOutcome PrintedTransport::send(const HttpRequest& request) {
    const std::size_t path = request.url.find("/v1/");
    if (path != std::string::npos) {
        const bool reads = request.method == "GET";
        ++(reads ? reads_ : changes_);
        if (!is_step_told_) print_(fmt::format("{}  {}\n", to_text(emulator_.now()), step_));
        is_step_told_ = true;
        print_(fmt::format("  {:<5} {}{}{}\n", request.method, std::string_view(request.url).substr(path),
                           request.body.empty() || reads ? "" : "  ", reads ? "" : request.body));
    }
    return emulator_.handle(request);
}

}  // namespace termwise::cli
