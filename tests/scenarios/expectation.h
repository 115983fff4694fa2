// Compares an answer with what a scenario says of it.
#ifndef ATTLAS_TESTS_SCENARIOS_EXPECTATION_H_
#define ATTLAS_TESTS_SCENARIOS_EXPECTATION_H_

#include <yaml-cpp/yaml.h>

#include <string>
#include <vector>

#include "google/protobuf/struct.pb.h"

namespace attlas::testing {

// The differences, one a line and each with the path of the field; empty where the answer is as
// expected. A map names the fields that are looked at; others may be there. A list is compared
// whole, in its order. `null` stands for a field that is not there. Numbers are compared as they
// are written, since JSON writes 64-bit numbers as text.
std::vector<std::string> Differences(const YAML::Node& expected,
                                     const google::protobuf::Value& actual);

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_SCENARIOS_EXPECTATION_H_
