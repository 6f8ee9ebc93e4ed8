#!/usr/bin/env python3
"""The cases of `odeon bench cases` in plain PyTorch: what a training iteration costs there.

An iteration is forward solve, loss, gradient by autograd, and a step of Adam. One JSON line for each case on standard output:
    python3 torch_cases.py > torch.jsonl
    odeon bench cases --against torch.jsonl

Solvers are written out by hand, without a framework between, which is the fastest a PyTorch user gets without a compiler;
--compile hands the whole loss to torch.compile besides. There is no case `robertson`: PyTorch's libraries have no implicit
method with step control for a batch and its gradient.
"""
import argparse
import json
import math
import platform
import statistics
import time

import torch
from torch import nn

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--case", default="ks,ks512,burgers,grand,vdp,tiny", help="any of them, joined by commas")
parser.add_argument("--dtype", default="float64", choices=["float64", "float32"])
parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
parser.add_argument("--iterations", type=int, default=20)
parser.add_argument("--warmup", type=int, default=5)
parser.add_argument("--threads", type=int, default=0, help="0: as many as PyTorch takes")
parser.add_argument("--compile", action="store_true")
options = parser.parse_args()

if options.threads:
    torch.set_num_threads(options.threads)
DTYPE = getattr(torch, options.dtype)
DEVICE = torch.device(options.device)
torch.set_default_dtype(DTYPE)
torch.manual_seed(0)


def perceptron(widths, activation, std):
    layers = []
    for i in range(len(widths) - 1):
        layers.append(nn.Linear(widths[i], widths[i + 1]))
        nn.init.normal_(layers[-1].weight, 0.0, std)
        if i < len(widths) - 2:
            layers.append(activation())
    return nn.Sequential(*layers)


# Kennedy and Carpenter (2003), ARK3(2)4L[2]SA: explicit and implicit part of imex-rk3.
GAMMA = 1767732205903 / 4055673282236
IMPLICIT = [
    [0.0],
    [GAMMA, GAMMA],
    [2746238789719 / 10658868560708, -640167445237 / 6845629431997, GAMMA],
    [1471266399579 / 7840856788654, -4482444167858 / 7529755066697, 11266239266428 / 11593286722821, GAMMA],
]
EXPLICIT = [
    [],
    [1767732205903 / 2027836641118],
    [5535828885825 / 10492691773637, 788022342437 / 10882634858940],
    [6485989280629 / 16251701735622, -4246266847089 / 9704473918619, 10755448449292 / 10357097424841],
]
RUNGE = ([[], [0.5], [0.0, 0.5], [0.0, 0.0, 1.0]], [1 / 6, 1 / 3, 1 / 3, 1 / 6])


def combined(u, h, weights, rates):
    for w, k in zip(weights, rates):
        if w:
            u = u + (h * w) * k
    return u


class Surrogate(nn.Module):
    """u' = sign MLP(u) + J u with a periodic stencil J, by imex-rk3; one factor for all stages and steps."""

    def __init__(self, points, hidden, stencil, sign, std, batch, h, steps):
        super().__init__()
        self.net = perceptron([points] + 4 * [hidden] + [points], nn.ReLU, std)
        self.sign, self.h, self.steps = sign, h, steps
        rows = torch.arange(points)
        matrix = torch.zeros(points, points, dtype=torch.float64)
        for k, value in enumerate(stencil):
            matrix[rows, (rows + k - len(stencil) // 2) % points] += value
        # J is symmetric, and the product with the inverse is faster than the two triangular solves.
        inverse = torch.linalg.inv(torch.eye(points, dtype=torch.float64) - h * GAMMA * matrix)
        self.register_buffer("inverse", inverse.T.to(DTYPE).contiguous())
        self.register_buffer("matrix", matrix.T.to(DTYPE).contiguous())
        wave = torch.arange(points) / points * 2 * math.pi
        states = sum(torch.randn(2 * batch, 1) / k * torch.sin(k * wave + 6.28 * torch.rand(2 * batch, 1)) for k in range(1, 6))
        self.register_buffer("start", states[:batch].contiguous())
        self.register_buffer("end", states[batch:].contiguous())

    def loss(self):
        u = self.start
        for _ in range(self.steps):
            outer, inner = [], []
            for i in range(4):
                z = combined(combined(u, self.h, EXPLICIT[i], outer), self.h, IMPLICIT[i][:i], inner)
                if i == 0:
                    y = z
                    inner.append(y @ self.matrix)
                else:
                    y = z @ self.inverse
                    inner.append((y - z) / (self.h * GAMMA))
                outer.append(self.sign * self.net(y))
            u = combined(combined(u, self.h, IMPLICIT[3], outer), self.h, IMPLICIT[3], inner)
        return (u - self.end).square().mean()


def ring(points, batch, steps):
    dx = 22 / points
    fourth, second = 1 / dx**4, 1 / dx**2
    stencil = [-fourth, 4 * fourth - second, -6 * fourth + 2 * second, 4 * fourth - second, -fourth]
    return Surrogate(points, points * 25 // 8, stencil, -1, 0.01, batch, 0.2, steps)


class Oscillators(nn.Module):
    """A perceptron in place of the Van der Pol equation, by rk4."""

    def __init__(self, batch=256, steps=100):
        super().__init__()
        self.net = perceptron([2, 32, 32, 2], nn.Tanh, 0.1)
        self.steps, self.h = steps, 0.05
        self.register_buffer("start", torch.randn(batch, 2))
        self.register_buffer("end", torch.randn(batch, 2))

    def loss(self):
        u = self.start
        for _ in range(self.steps):
            rates = []
            for weights in RUNGE[0]:
                rates.append(self.net(combined(u, self.h, weights, rates)))
            u = combined(u, self.h, RUNGE[1], rates)
        return (u - self.end).square().mean()


class Diffusion(nn.Module):
    """Linear graph diffusion with attention computed once, in the size of a citation graph, by rk4."""

    def __init__(self, nodes=2708, edges=5278, features=1433, width=80, heads=4, classes=7, steps=18):
        super().__init__()
        self.encoder, self.decoder = nn.Linear(features, width), nn.Linear(width, classes)
        self.query, self.key = nn.Linear(width, width), nn.Linear(width, width)
        self.heads, self.steps, self.nodes = heads, steps, nodes
        a, b = torch.randint(nodes, (edges,)), torch.randint(nodes, (edges,))
        loops = torch.arange(nodes)
        self.register_buffer("source", torch.cat([a, b, loops]))
        self.register_buffer("target", torch.cat([b, a, loops]))
        self.register_buffer("x", (torch.rand(nodes, features) < 0.0127).to(DTYPE))
        self.register_buffer("labels", torch.randint(classes, (nodes,)))

    def summed(self, values):
        shape = (self.nodes,) + tuple(values.shape[1:])
        return torch.zeros(shape, device=values.device, dtype=values.dtype).index_add(0, self.target, values)

    def loss(self):
        u = self.encoder(self.x)
        size = u.shape[1] // self.heads
        q = self.query(u).view(-1, self.heads, size)[self.target]
        k = self.key(u).view(-1, self.heads, size)[self.source]
        raw = torch.exp((q * k).sum(-1) / math.sqrt(size))
        weights = (raw / self.summed(raw)[self.target]).mean(1, keepdim=True)

        def rate(v):
            return self.summed(weights * v[self.source]) - v

        for _ in range(self.steps):
            rates = []
            for row in RUNGE[0]:
                rates.append(rate(combined(u, 1.0, row, rates)))
            u = combined(u, 1.0, RUNGE[1], rates)
        return nn.functional.cross_entropy(self.decoder(u), self.labels)


CASES = {
    "ks": lambda: ring(64, 256, 10),
    "ks512": lambda: ring(512, 256, 1),
    "burgers": lambda: Surrogate(512, 576, [8e-4 * 512**2, -16e-4 * 512**2, 8e-4 * 512**2], 1, 0.1, 200, 0.05, 2),
    "grand": Diffusion,
    "vdp": Oscillators,
    "tiny": lambda: ring(8, 32, 10),
}


def measured(name):
    model = CASES[name]().to(DEVICE)
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-6)
    loss = torch.compile(model.loss) if options.compile else model.loss
    millis = []
    for i in range(options.warmup + options.iterations):
        begin = time.perf_counter()
        optimiser.zero_grad()
        loss().backward()
        optimiser.step()
        if DEVICE.type == "cuda":
            torch.cuda.synchronize()
        if i >= options.warmup:
            millis.append(1e3 * (time.perf_counter() - begin))
    return millis


for case in options.case.split(","):
    millis = measured(case)
    print(
        json.dumps(
            {
                "case": case,
                "library": "PyTorch " + torch.__version__ + (" compiled" if options.compile else ""),
                "python": platform.python_version(),
                "device": torch.cuda.get_device_name() if DEVICE.type == "cuda" else "CPU",
                "threads": torch.get_num_threads(),
                "dtype": options.dtype,
                "iterations": len(millis),
                "medianMs": statistics.median(millis),
                "minMs": min(millis),
            }
        ),
        flush=True,
    )
