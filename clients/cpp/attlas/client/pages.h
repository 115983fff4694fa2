// The pages of a listing, each asked for as it is due, all of one revision.
//
// The range ends after the last page, or after an error.
//
// Threads: single-thread.
//
// Example:
//   for (const absl::StatusOr<ListNodesResponse>& page :
//        client.Pages(&GraphService::Stub::ListNodes, request)) {
//     if (!page.ok()) return page.status();
//     Show(page->nodes());
//   }
#ifndef ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_PAGES_H_
#define ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_PAGES_H_

#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace attlas::client {

template <typename Response>
class PageRange {
 public:
  // Made by Client::Pages: `ask` asks for the page of a token.
  explicit PageRange(std::function<absl::StatusOr<Response>(const std::string& token)> ask)
      : ask_(std::move(ask)) {}

  class Iterator {
   public:
    using value_type = absl::StatusOr<Response>;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    Iterator() = default;
    explicit Iterator(PageRange* range) : range_(range) {}
    const value_type& operator*() const { return *range_->page_; }
    const value_type* operator->() const { return &*range_->page_; }
    Iterator& operator++() {
      range_->Next();
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return !range_->page_.has_value(); }

   private:
    PageRange* range_ = nullptr;
  };

  // Asks for the first page. To be gone through once.
  Iterator begin() {
    page_ = ask_("");
    return Iterator(this);
  }
  static std::default_sentinel_t end() { return std::default_sentinel; }

 private:
  void Next() {
    if (!page_->ok() || (*page_)->next_page_token().empty()) {
      page_.reset();
      return;
    }
    const std::string token = (*page_)->next_page_token();
    page_ = ask_(token);
  }

  std::function<absl::StatusOr<Response>(const std::string& token)> ask_;
  std::optional<absl::StatusOr<Response>> page_;
};

}  // namespace attlas::client

#endif  // ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_PAGES_H_
