// Ctrl-C and a job's end as a request: finish what can be finished, leave the rest for later.
#pragma once

#include <atomic>

namespace termwise::cli {

/// While one exists, the first SIGINT or SIGTERM is a request; the second one of the kind ends the program.
class StopRequest {
  public:
    StopRequest();
    ~StopRequest();
    StopRequest(const StopRequest&) = delete;
    StopRequest& operator=(const StopRequest&) = delete;

    [[nodiscard]] const std::atomic<bool>& asked() const;
};

}  // namespace termwise::cli
