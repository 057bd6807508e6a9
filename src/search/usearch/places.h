// Places: numbers that threads take while they work and give back: each stands for working memory that one thread may use.
// Callers: usearch_index. Threads: any. A thread that finds none free waits until another is done, which is a matter of milliseconds.
#pragma once
#include <condition_variable>
#include <mutex>
#include <numeric>
#include <vector>

namespace fragua::search {

class Places {
 public:
  explicit Places(std::size_t count) : free_(count) { std::iota(free_.begin(), free_.end(), std::size_t(0)); }

  class Taken {
   public:
    explicit Taken(Places& places) : places_(places), place_(places.take()) {}
    ~Taken() { places_.give_back(place_); }
    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;
    std::size_t number() const { return place_; }

   private:
    Places& places_;
    std::size_t place_;
  };

 private:
  std::size_t take() {
    std::unique_lock lock(mutex_);
    given_back_.wait(lock, [&] { return !free_.empty(); });
    const auto place = free_.back();
    free_.pop_back();
    return place;
  }

  void give_back(std::size_t place) {
    {
      const std::lock_guard lock(mutex_);
      free_.push_back(place);
    }
    given_back_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable given_back_;
  std::vector<std::size_t> free_;
};

}  // namespace fragua::search
