// What to ask of every RPC that reads.
//
// An RPC that reads and has no entry fails markings_test: give it requests that touch the salt (see
// salted_graph.h), by name, through lists and through counts.
#ifndef ATTLAS_TESTS_INTEGRATION_READ_REQUESTS_H_
#define ATTLAS_TESTS_INTEGRATION_READ_REQUESTS_H_

#include <map>
#include <string>
#include <vector>

namespace attlas::testing {

// Requests in text format by the RPC, written `GraphService/GetNode`. `{edge}` stands for the name
// of an edge that is hidden, `{clear_edge}` for one that is not, `{late_edge}` for one that was
// hidden at first.
const std::map<std::string, std::vector<std::string>>& ReadRequests();

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_INTEGRATION_READ_REQUESTS_H_
