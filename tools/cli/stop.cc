#include "cli/stop.h"

#include <csignal>

namespace termwise::cli {
namespace {

std::atomic<bool> stop_asked{false};

void ask_to_stop(int signal) {
    stop_asked.store(true, std::memory_order_relaxed);
    std::signal(signal, SIG_DFL);
}

}  // namespace

StopRequest::StopRequest() {
    std::signal(SIGINT, ask_to_stop);
    std::signal(SIGTERM, ask_to_stop);
}

StopRequest::~StopRequest() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

const std::atomic<bool>& StopRequest::asked() const { return stop_asked; }

}  // namespace termwise::cli
