// Finds the line and column of what was found wrong. Readers keep no positions, which would cost every good
// file time and memory; only when there is something to report is the file read a second time.
#pragma once

#include <string_view>

#include "base/diagnostic.h"
#include "formats/csv_reader.h"

namespace termwise {

/// Fills in what is not known yet of the places in `diagnostics`, reading each file they name once, however
/// many there are:
///  - of a JSON pointer, line and column of the value; of a field that is not there, of the object that
///  should have it;
///  - of a table's cell, given by the line in which its row starts and its column's name, line and column of
///  its first
///    byte; of a cell that the row does not have, of the row.
/// Places in files that cannot be read stay as they are. Runtime: linear in the files, and in the
/// diagnostics.
/// `tables` says who wrote the tables among the files.
void locate(Diagnostics& diagnostics, TableOrigin tables = TableOrigin::ours);

/// The same for the places in the file `name`, whose content is `text`.
void locate_in(std::string_view text, std::string_view name, Diagnostics& diagnostics,
               TableOrigin tables = TableOrigin::ours);

}  // namespace termwise
