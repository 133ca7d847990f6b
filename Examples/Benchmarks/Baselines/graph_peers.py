#!/usr/bin/env python3
"""Measures NetworKit, igraph and SciPy on a graph file: graph_peers.py GRAPH.u32 THREADS [REPETITIONS]

The file holds little-endian 32-bit numbers: nodes, edges, then source and target of every edge. Prints a line for each
measure: peer, measure, the least seconds of the repetitions with the graph already built, and what was found. A peer that is
not installed is left out and said so on standard error.
"""
import os
import sys
import time

path, threads = sys.argv[1], sys.argv[2]
repetitions = int(sys.argv[3]) if len(sys.argv) > 3 else 3
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = threads
import numpy as np

words = np.fromfile(path, dtype="<u4")
nodes, pairs = int(words[0]), words[2:].reshape(-1, 2).astype(np.int64)
low, high = pairs.min(axis=1), pairs.max(axis=1)
keys = np.unique(low << 32 | high)
undirected = np.stack([keys >> 32, keys & 0xFFFFFFFF], axis=1)
undirected = undirected[undirected[:, 0] != undirected[:, 1]]
# Communities and betweenness of large graphs take these peers minutes and are left out.
is_large = len(pairs) > 2_000_000
sources = list(range(0, nodes, max(nodes // 256, 1)))[:256]


def measure(peer, name, body, note=lambda result: ""):
    best, result = float("inf"), None
    for _ in range(repetitions):
        start = time.perf_counter()
        result = body()
        best = min(best, time.perf_counter() - start)
        if best > 20:
            break
    print(peer, name, f"{best:.5f}", note(result), flush=True)


def networkit():
    import networkit as nk

    nk.setNumberOfThreads(int(threads))
    nk.setSeed(1, False)

    def graph(edges, directed):
        first, second = np.ascontiguousarray(edges[:, 0]), np.ascontiguousarray(edges[:, 1])
        return nk.GraphFromCoo((first, second), n=nodes, directed=directed)

    def run(algorithm):
        algorithm.run()
        return algorithm

    def ranks(rounds, tolerance):
        algorithm = nk.centrality.PageRank(directed, 0.85, tolerance, False, nk.centrality.SinkHandling.DistributeSinks)
        algorithm.norm, algorithm.maxIterations = nk.centrality.Norm.l1norm, rounds
        return run(algorithm)

    def quality(algorithm):
        return f"modularity {nk.community.Modularity().getQuality(algorithm.getPartition(), both):.5f}"

    directed, both = graph(pairs, True), graph(undirected, False)
    measure("networkit", "pagerank50", lambda: ranks(50, 1e-300))
    measure("networkit", "pagerank", lambda: ranks(1000, 1e-9))
    measure("networkit", "wcc", lambda: run(nk.components.WeaklyConnectedComponents(directed)))
    measure("networkit", "kcore", lambda: run(nk.centrality.CoreDecomposition(both)))
    if is_large:
        return
    measure("networkit", "betw", lambda: run(nk.centrality.EstimateBetweenness(directed, len(sources), False, True)))
    measure("networkit", "louvain", lambda: run(nk.community.PLM(both, False)), quality)
    measure("networkit", "leiden", lambda: run(nk.community.ParallelLeiden(both)), quality)


def igraph():
    import igraph as ig

    directed = ig.Graph(n=nodes, edges=pairs, directed=True)
    both = ig.Graph(n=nodes, edges=undirected, directed=False)
    measure("igraph", "pagerank", lambda: directed.pagerank(damping=0.85))
    measure("igraph", "wcc", lambda: directed.connected_components(mode="weak"))
    measure("igraph", "kcore", both.coreness)
    if is_large:
        return
    measure("igraph", "betw", lambda: directed.betweenness(sources=sources))
    quality = lambda found: f"modularity {found.modularity:.5f}"
    measure("igraph", "louvain", both.community_multilevel, quality)
    leiden = lambda: both.community_leiden(objective_function="modularity", n_iterations=2)
    measure("igraph", "leiden", leiden, quality)


def scipy():
    import scipy.sparse as sparse

    ones = np.ones(len(pairs))
    matrix = sparse.csr_matrix((ones, (pairs[:, 0], pairs[:, 1])), shape=(nodes, nodes))
    turned, degree = matrix.T.tocsr(), np.asarray(matrix.sum(axis=1)).ravel()
    share = np.divide(1.0, degree, where=degree > 0, out=np.zeros(nodes))

    def ranks(rounds, tolerance):
        rank = np.full(nodes, 1 / nodes)
        for _ in range(rounds):
            lost = rank[degree == 0].sum()
            following = 0.85 * (turned @ (rank * share)) + (0.85 * lost + 0.15) / nodes
            change, rank = np.abs(following - rank).sum(), following
            if change < tolerance:
                break
        return rank

    measure("scipy", "pagerank50", lambda: ranks(50, 0))
    measure("scipy", "pagerank", lambda: ranks(1000, 1e-9))
    weak = lambda: sparse.csgraph.connected_components(matrix, connection="weak")
    measure("scipy", "wcc", weak)


for peer in (networkit, igraph, scipy):
    try:
        peer()
    except ImportError as error:
        print(f"{peer.__name__} is left out: {error}", file=sys.stderr)
