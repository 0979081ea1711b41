"""The sizes that Fargate offers."""

from __future__ import annotations

__all__ = ["SIZES", "memory_fault"]

# CPU units -> the memory sizes in MiB that go with them (Amazon ECS developer guide, task size).
SIZES: dict[int, tuple[int, ...]] = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4096 + 1, 1024)),
    1024: tuple(range(2048, 8192 + 1, 1024)),
    2048: tuple(range(4096, 16384 + 1, 1024)),
    4096: tuple(range(8192, 30720 + 1, 1024)),
    8192: tuple(range(16384, 61440 + 1, 4096)),
    16384: tuple(range(32768, 122880 + 1, 8192)),
}


def memory_fault(cpu: int, memory: int) -> str | None:
    """Why Fargate refuses `memory` MiB with `cpu` units, or None if it takes them."""
    sizes = SIZES[cpu]
    if memory in sizes:
        return None
    nearest = min(sizes, key=lambda size: abs(size - memory))
    return f"{memory} MiB does not go with cpu {cpu} on Fargate ({sizes[0]} to {sizes[-1]} MiB); nearest is {nearest}"
