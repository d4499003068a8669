// The approval as a file, `termwise-approval/1`: execution/approval.h says what it holds. Written in one way
// only, so that a file which differs by a byte is not what was signed.
#pragma once

#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "execution/approval.h"
#include "formats/canonical.h"

namespace termwise {

/// What the signature is of: everything but the signature.
[[nodiscard]] std::string signed_text(const Approval& approval);

void write_approval(const Approval& approval, const TextSink& sink);

/// SHA-256 of the file: by this a later approval names the one that it supersedes.
[[nodiscard]] std::string digest_of(const Approval& approval);

/// Nothing if the file is no approval, or not byte for byte as write_approval() writes it; `diagnostics` says
/// so. Whether its signature is any good is not asked here.
[[nodiscard]] std::optional<Approval> read_approval(const std::string& path, Diagnostics& diagnostics);

}  // namespace termwise
