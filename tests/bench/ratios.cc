#include "tests/bench/ratios.h"

#include <cstdio>
#include <cstring>
#include <map>

namespace attlas::bench {
namespace {

class RatioReporter final : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Aggregate || run.aggregate_name != "median") continue;
      const std::string name = run.run_name.function_name + "/" + run.run_name.args;
      const std::string key = run.run_name.args.empty() ? run.run_name.function_name : name;
      medians_[key][""] = run.GetAdjustedRealTime();
      medians_[key]["cpu"] = run.GetAdjustedCPUTime();
      for (const auto& [counter, value] : run.counters) medians_[key][counter] = value;
    }
  }

  void PrintRatios(const std::vector<Ratio>& ratios) const {
    std::printf("\n%-58s %10s   %s\n", "ratio of medians", "value", "goal");
    for (const Ratio& ratio : ratios) {
      const auto top = medians_.find(ratio.numerator);
      const auto bottom = medians_.find(ratio.denominator);
      if (top == medians_.end() || bottom == medians_.end()) continue;
      std::printf("%-58s %10.2f   %s\n", ratio.label.c_str(),
                  top->second.at(ratio.counter) / bottom->second.at(ratio.counter),
                  ratio.goal.c_str());
    }
  }

  void PrintComparisons(const std::vector<Comparison>& comparisons,
                        const std::vector<std::string>& counters) const {
    std::printf("\n%-58s", "medians, and their ratio");
    for (const std::string& counter : counters) std::printf(" %26s", counter.c_str());
    std::printf("   goal\n");
    for (const Comparison& comparison : comparisons) {
      const auto top = medians_.find(comparison.numerator);
      const auto bottom = medians_.find(comparison.denominator);
      if (top == medians_.end() || bottom == medians_.end()) continue;
      std::printf("%-58s", comparison.label.c_str());
      for (const std::string& counter : counters) {
        const double one = top->second.at(counter);
        const double other = bottom->second.at(counter);
        std::printf(" %9.1f /%8.1f =%6.2f", one, other, one / other);
      }
      std::printf("   %s\n", comparison.goal.c_str());
    }
  }

 private:
  std::map<std::string, std::map<std::string, double>> medians_;
};

bool IsGiven(int argc, char** argv, const char* flag) {
  for (int i = 1; i < argc; ++i) {
    if (std::strncmp(argv[i], flag, std::strlen(flag)) == 0) return true;
  }
  return false;
}

// Runs every registered benchmark. The value for main to return.
int Run(int argc, char** argv, RatioReporter* reporter) {
  std::vector<std::string> defaults;
  if (!IsGiven(argc, argv, "--benchmark_repetitions")) {
    defaults.emplace_back("--benchmark_repetitions=5");
  }
  defaults.emplace_back("--benchmark_enable_random_interleaving=true");
  defaults.emplace_back("--benchmark_report_aggregates_only=true");
  std::vector<char*> arguments(argv, argv + argc);
  for (std::string& argument : defaults) arguments.push_back(argument.data());
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
  benchmark::RunSpecifiedBenchmarks(reporter);
  benchmark::Shutdown();
  return 0;
}

}  // namespace

std::string TakeFlag(int* argc, char** argv, const std::string& name, const std::string& fallback) {
  const std::string prefix = "--" + name;
  for (int i = 1; i < *argc; ++i) {
    const std::string argument = argv[i];
    const bool joined = argument.rfind(prefix + "=", 0) == 0;
    if (!joined && (argument != prefix || i + 1 >= *argc)) continue;
    const std::string value = joined ? argument.substr(prefix.size() + 1) : argv[i + 1];
    const int taken = joined ? 1 : 2;
    for (int j = i; j + taken < *argc; ++j) argv[j] = argv[j + taken];
    *argc -= taken;
    return value;
  }
  return fallback;
}

int RunWithRatios(int argc, char** argv, const std::vector<Ratio>& ratios) {
  RatioReporter reporter;
  const int result = Run(argc, argv, &reporter);
  if (result == 0) reporter.PrintRatios(ratios);
  return result;
}

int RunWithComparisons(int argc, char** argv, const std::vector<Comparison>& comparisons,
                       const std::vector<std::string>& counters) {
  RatioReporter reporter;
  const int result = Run(argc, argv, &reporter);
  if (result == 0) reporter.PrintComparisons(comparisons, counters);
  return result;
}

}  // namespace attlas::bench
