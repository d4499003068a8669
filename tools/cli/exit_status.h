// How the program ends (M8).
#pragma once

namespace termwise::cli {

enum ExitStatus : int {
    kDone = 0,
    kWrongInput = 1,  ///< messages on stderr, nothing written
    kUsage = 2,
    kInfeasible = 3,  ///< the result is still printed
    kFailed = 5,      ///< anything else: the disk is full, memory is out, a bug
};

}  // namespace termwise::cli
