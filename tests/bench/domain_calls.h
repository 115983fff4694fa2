// One call of every RPC by which the domain services read.
#ifndef ATTLAS_TESTS_BENCH_DOMAIN_CALLS_H_
#define ATTLAS_TESTS_BENCH_DOMAIN_CALLS_H_

#include <string>
#include <vector>

namespace attlas::bench {

struct Call {
  std::string name;     // `SynergyService/FindSynergies`.
  std::string method;   // `/attlas.synergy.v1.SynergyService/FindSynergies`.
  std::string request;  // Serialized.
};

// Makes a space with a note in it, so that what is asked of spaces has an answer; returns its name.
// Ends the program on an error.
std::string MakeSpace(const std::string& address);

// Of every RPC that reads, in every service that the daemon at `address` hosts but GraphService:
// the first of its requests in tests/integration/read_requests.cc that the daemon answers. Those
// about a space ask about `space`. Ends the program where an RPC has none: none may be left out.
std::vector<Call> DomainCalls(const std::string& address, const std::string& space);

}  // namespace attlas::bench

#endif  // ATTLAS_TESTS_BENCH_DOMAIN_CALLS_H_
