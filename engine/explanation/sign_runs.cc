#include "explanation/sign_runs.h"

namespace termwise {

void append_run(std::vector<PreferredRun>& runs, PreferredRun run) {
    if (!runs.empty() && runs.back().preferred == run.preferred && runs.back().to + 1 == run.from)
        runs.back().to = run.to;
    else
        runs.push_back(run);
}

}  // namespace termwise
