<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>assessment</name>
    <message>
        <source>new entries are refused</source>
        <translation>新表项会被拒绝</translation>
    </message>
    <message>
        <source>This host&apos;s connection table was not read.</source>
        <translation>没有读取本机的连接跟踪表。</translation>
    </message>
    <message>
        <source>The VM&apos;s connection table was not read.</source>
        <translation>没有读取虚拟机的连接跟踪表。</translation>
    </message>
    <message>
        <source>connections tracked by this host, of its limit</source>
        <translation>本机跟踪的连接数占上限的比例</translation>
    </message>
    <message>
        <source>connections tracked by the VM, of its limit</source>
        <translation>虚拟机跟踪的连接数占上限的比例</translation>
    </message>
    <message>
        <source>This host&apos;s neighbour table or its limit was not read.</source>
        <translation>没有读取本机的邻居表或其上限。</translation>
    </message>
    <message>
        <source>The VM&apos;s neighbour table or its limit was not read.</source>
        <translation>没有读取虚拟机的邻居表或其上限。</translation>
    </message>
    <message>
        <source>neighbours known to this host, of its limit</source>
        <translation>本机的邻居表项数占上限的比例</translation>
    </message>
    <message>
        <source>neighbours known to the VM, of its limit</source>
        <translation>虚拟机的邻居表项数占上限的比例</translation>
    </message>
    <message>
        <source>The error counters of this host&apos;s links were not read twice.</source>
        <translation>本机链路的差错计数器没有读取两次。</translation>
    </message>
    <message>
        <source>The error counters of the VM&apos;s link were not read twice.</source>
        <translation>虚拟机链路的差错计数器没有读取两次。</translation>
    </message>
    <message>
        <source>packets with errors or dropped on this host&apos;s links to the VM</source>
        <translation>本机通往虚拟机的链路上出错或被丢弃的报文比例</translation>
    </message>
    <message>
        <source>packets with errors or dropped on the VM&apos;s link</source>
        <translation>虚拟机链路上出错或被丢弃的报文比例</translation>
    </message>
    <message>
        <source>This host was not read.</source>
        <translation>没有读取本机。</translation>
    </message>
    <message>
        <source>The VM was not read.</source>
        <translation>没有读取虚拟机。</translation>
    </message>
    <message>
        <source>No table and no counter of either machine was read.</source>
        <translation>两台机器的表和计数器都没有读取。</translation>
    </message>
    <message>
        <source>good in the article</source>
        <translation>文章中的正常值</translation>
    </message>
    <message>
        <source>the fault in the article</source>
        <translation>文章中的故障值</translation>
    </message>
    <message>
        <source>a tunnel&apos;s header is missing</source>
        <translation>差一个隧道头部</translation>
    </message>
    <message>
        <source>connections stall</source>
        <translation>连接停滞</translation>
    </message>
    <message>
        <source>The MTU of only one interface on the way was read.</source>
        <translation>途中只读取到一个接口的 MTU。</translation>
    </message>
    <message>
        <source>Behind a router the MTUs of both ends need not agree.</source>
        <translation>途中有路由器时，两端的 MTU 不必一致。</translation>
    </message>
    <message>
        <source>smallest MTU on the way, of the largest</source>
        <translation>途中最小 MTU 与最大 MTU 之比</translation>
    </message>
    <message>
        <source>The MTU inside the VM was not read.</source>
        <translation>没有读取虚拟机内的 MTU。</translation>
    </message>
    <message>
        <source>largest packet that arrived whole, of this host&apos;s MTU</source>
        <translation>完整到达的最大报文与本机 MTU 之比</translation>
    </message>
    <message>
        <source>part of this host&apos;s MTU that vanishes without an ICMP error</source>
        <translation>本机 MTU 范围内无声丢失（没有 ICMP 差错）的部分</translation>
    </message>
    <message>
        <source>median round trip, this host to the VM</source>
        <translation>本机到虚拟机往返时间的中位数</translation>
    </message>
    <message>
        <source>No echo of this host was answered, so none could be timed.</source>
        <translation>本机的回显请求都没有得到应答，因此测不出往返时间。</translation>
    </message>
    <message>
        <source>median round trip, the VM to this host</source>
        <translation>虚拟机到本机往返时间的中位数</translation>
    </message>
    <message>
        <source>No echo of the VM was timed inside it.</source>
        <translation>没有在虚拟机内测得回显的往返时间。</translation>
    </message>
    <message>
        <source>slower direction against the faster, either taken for 10 ms at least</source>
        <translation>较慢方向与较快方向之比（不足 10 ms 的按 10 ms 计）</translation>
    </message>
    <message>
        <source>No round trip was timed in either direction.</source>
        <translation>两个方向都没有测得往返时间。</translation>
    </message>
    <message>
        <source>The largest packet that arrives was not found out.</source>
        <translation>没有测出能够到达的最大报文。</translation>
    </message>
    <message>
        <source>Neither the MTUs of both ends nor the largest packet that arrives is known.</source>
        <translation>既不知道两端的 MTU，也不知道能够到达的最大报文。</translation>
    </message>
    <message>
        <source>fragments that this host could not put together while it was probed</source>
        <translation>探测期间本机未能重组的分片</translation>
    </message>
    <message>
        <source>fragments that the VM could not put together while it was probed</source>
        <translation>探测期间虚拟机未能重组的分片</translation>
    </message>
    <message>
        <source>new TCP connections to any port, from anybody</source>
        <translation>任意来源到任意端口的新建 TCP 连接</translation>
    </message>
    <message>
        <source>UDP to any port, from anybody</source>
        <translation>任意来源到任意端口的 UDP</translation>
    </message>
    <message>
        <source>other protocols (GRE), from anybody</source>
        <translation>任意来源的其他协议（GRE）</translation>
    </message>
    <message>
        <source>echo requests from anybody</source>
        <translation>任意来源的回显请求</translation>
    </message>
    <message>
        <source>new TCP connections to any port, from the other end</source>
        <translation>对端到任意端口的新建 TCP 连接</translation>
    </message>
    <message>
        <source>UDP to any port, from the other end</source>
        <translation>对端到任意端口的 UDP</translation>
    </message>
    <message>
        <source>no filter on the way in</source>
        <translation>入方向没有过滤</translation>
    </message>
    <message>
        <source>the VM lets in %1</source>
        <translation>虚拟机放行%1</translation>
    </message>
    <message>
        <source>this host lets in %1</source>
        <translation>本机放行%1</translation>
    </message>
    <message>
        <source>Whether %1 is not known: a rule could not be evaluated.</source>
        <translation>无法判断是否“%1”：有一条规则无法求值。</translation>
    </message>
    <message>
        <source>Costs up to %1 of its machine&apos;s 100 points</source>
        <translation>该机器满分 100 分，此项最多扣 %1 分</translation>
    </message>
    <message>
        <source>The rules could not be asked: the addresses of both ends are not known.</source>
        <translation>无法用规则判定：不知道两端的地址。</translation>
    </message>
    <message>
        <source>The VM&apos;s rules could not be read.</source>
        <translation>无法读取虚拟机的规则。</translation>
    </message>
    <message>
        <source>This host&apos;s rules could not be read.</source>
        <translation>无法读取本机的规则。</translation>
    </message>
    <message>
        <source>No machine&apos;s packet filter could be read and evaluated.</source>
        <translation>两台机器的包过滤都无法读取并求值。</translation>
    </message>
    <message>
        <source>alert below it</source>
        <translation>低于此值时告警</translation>
    </message>
    <message>
        <source>alert above it</source>
        <translation>高于此值时告警</translation>
    </message>
    <message>
        <source>echo requests answered, this host to the VM</source>
        <translation>本机到虚拟机的回显请求应答率</translation>
    </message>
    <message>
        <source>echo requests answered, the VM to this host</source>
        <translation>虚拟机到本机的回显请求应答率</translation>
    </message>
    <message>
        <source>The echo from this host to the VM was not measured.</source>
        <translation>没有测量从本机到虚拟机的回显。</translation>
    </message>
    <message>
        <source>The echo from the VM to this host was not observed.</source>
        <translation>没有观察到从虚拟机到本机的回显。</translation>
    </message>
    <message>
        <source>IPv6 echo requests answered, this host to the VM</source>
        <translation>本机到虚拟机的 IPv6 回显请求应答率</translation>
    </message>
    <message>
        <source>No echo was measured in either direction.</source>
        <translation>两个方向都没有测量回显。</translation>
    </message>
    <message>
        <source>TCP handshakes that failed, this host to the VM</source>
        <translation>本机到虚拟机的 TCP 握手失败率</translation>
    </message>
    <message>
        <source>No handshake could succeed or fail from this host to the VM: nothing listens on the ports that were tried, or a rule closes them.</source>
        <translation>从本机到虚拟机没有能判定成败的握手：尝试过的端口上没有程序监听，或被规则关闭。</translation>
    </message>
    <message>
        <source>No TCP port of the VM was tried.</source>
        <translation>没有尝试虚拟机的任何 TCP 端口。</translation>
    </message>
    <message>
        <source>TCP handshakes that failed, the VM to this host</source>
        <translation>虚拟机到本机的 TCP 握手失败率</translation>
    </message>
    <message>
        <source>No TCP handshake from the VM to this host was captured.</source>
        <translation>没有抓到从虚拟机到本机的 TCP 握手。</translation>
    </message>
    <message>
        <source>Reachability</source>
        <translation>可达性</translation>
    </message>
    <message>
        <source>Handshakes</source>
        <translation>握手</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>时延</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Headroom</source>
        <translation>余量</translation>
    </message>
    <message>
        <source>IPv4 and IPv6 count alike, each with its worse direction.</source>
        <translation>IPv4 与 IPv6 同等计分，各取较差的方向。</translation>
    </message>
    <message>
        <source>What is let in although the echo does not need it costs points, machine by machine; the worse machine counts.</source>
        <translation>凡是回显并不需要却被放行的，都要扣分；各台机器分别计算，以较差的一台为准。</translation>
    </message>
    <message>
        <source>The input with the fewest points counts.</source>
        <translation>以得分最低的一项为准。</translation>
    </message>
    <message>
        <source>Mean of the dimensions that were measured, weighted: %1. Within a dimension points lie on a straight line between the values named.</source>
        <translation>已测量的各维度按权重取平均：%1。在同一维度内，所列各值之间的分数按直线插值。</translation>
    </message>
    <message>
        <source>%1 times</source>
        <translation>%1 倍</translation>
    </message>
    <message>
        <source>%1 packet</source>
        <translation>%1 个报文</translation>
    </message>
    <message>
        <source>%1 packets</source>
        <translation>%1 个报文</translation>
    </message>
    <message>
        <source>%1 gives %2</source>
        <translation>%1 得 %2 分</translation>
    </message>
    <message>
        <source>%1 (%3) gives %2</source>
        <translation>%1（%3）得 %2 分</translation>
    </message>
</context>
<context>
    <name>bothways::ui::BucketModel</name>
    <message>
        <source>not over yet</source>
        <translation>尚未结束</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>95 %</source>
        <translation>95 %</translation>
    </message>
    <message>
        <source>Against the baseline</source>
        <translation>与基线相比</translation>
    </message>
</context>
<context>
    <name>bothways::ui::CauseModel</name>
    <message>
        <source>%1 for, %2 against</source>
        <translation>%1 项支持，%2 项反对</translation>
    </message>
</context>
<context>
    <name>bothways::ui::ChapterPage</name>
    <message>
        <source>%1 %2</source>
        <extracomment>number, then a state: &quot;2 passed&quot;</extracomment>
        <translation>%1 项%2</translation>
    </message>
    <message>
        <source>%1 checks: %2</source>
        <translation>%1 项检查：%2</translation>
    </message>
    <message>
        <source>Checks of the chapter %1</source>
        <translation>“%1”一章的检查</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>这意味着什么</translation>
    </message>
    <message>
        <source>Evidence, as it was read</source>
        <translation>证据（读到的原文）</translation>
    </message>
    <message>
        <source>Search the evidence</source>
        <translation>在证据中查找</translation>
    </message>
    <message>
        <source>What this check cannot see</source>
        <translation>此项检查看不到什么</translation>
    </message>
    <message>
        <source>The article this checklist comes from</source>
        <translation>关于这份检查表所依据的文章</translation>
    </message>
    <message>
        <source>Being checked…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Not checked yet: “Run all” fills in this chapter.</source>
        <translation>尚未检查：点“全部运行”后本章会有结果。</translation>
    </message>
    <message>
        <source>%1: nothing wrong found</source>
        <translation>%1：未发现问题</translation>
    </message>
    <message>
        <source>%1: nothing wrong found, but not all could be seen</source>
        <translation>%1：未发现问题，但并非全部都能看到</translation>
    </message>
    <message>
        <source>%1: not checked</source>
        <translation>%1：未检查</translation>
    </message>
    <message>
        <source>No result yet.</source>
        <translation>尚无结果。</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>A recording is not measured again</source>
        <translation>录制的数据不会重新测量</translation>
    </message>
    <message>
        <source>Measures everything again: the checks share what is read</source>
        <translation>全部重新测量：各项检查共用读到的数据</translation>
    </message>
</context>
<context>
    <name>bothways::ui::ChartDock</name>
    <message>
        <source>Following</source>
        <translation>跟随中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Chart follows the newest sample</source>
        <translation>图表跟随最新样本</translation>
    </message>
    <message>
        <source>Follow the newest sample, or hold the view still</source>
        <translation>跟随最新样本，或保持当前视图不动</translation>
    </message>
    <message>
        <source>%1: no sample yet</source>
        <translation>%1：尚无样本</translation>
    </message>
    <message>
        <source>%1: no sample here</source>
        <translation>%1：此处无样本</translation>
    </message>
    <message>
        <source>%1: no reply, %2 lost</source>
        <translation>%1：无应答，丢包 %2</translation>
    </message>
    <message>
        <source>%1: %2, %3 lost</source>
        <translation>%1：%2，丢包 %3</translation>
    </message>
    <message>
        <source>The line joins the shortest and the longest time in each column of pixels. The band is the mean, plus and minus the standard deviation that ping calls mdev. Red marks are lost requests; below, a full bar is 100 % lost.
Wheel or +, −: zoom. Drag or ←, →: move. Double click or 0: the newest five minutes. Ctrl+←, Ctrl+→: read values.</source>
        <translation>折线连接每一列像素中的最短和最长时间。色带为平均值加减标准差（即 ping 所称的 mdev）。红色标记为丢失的请求；下方的柱满格表示丢包 100 %。
滚轮或 +、−：缩放。拖动或 ←、→：移动。双击或 0：最近五分钟。Ctrl+←、Ctrl+→：读取数值。</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>Logarithmic scale: short and long times can be read at once</source>
        <translation>对数刻度：短时间和长时间可同时看清</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Picture…</source>
        <translation>图片…</translation>
    </message>
    <message>
        <source>Data…</source>
        <translation>数据…</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>Save the chart as a picture</source>
        <translation>将图表保存为图片</translation>
    </message>
    <message>
        <source>PNG (*.png)</source>
        <translation>PNG (*.png)</translation>
    </message>
    <message>
        <source>Save the samples</source>
        <translation>保存样本</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
</context>
<context>
    <name>bothways::ui::CommandBlock</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>复制：%1</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>bothways::ui::ComparisonDialog</name>
    <message>
        <source>Before and after</source>
        <translation>前后对比</translation>
    </message>
    <message>
        <source>Comparison of the two sessions</source>
        <translation>两个会话的比较</translation>
    </message>
    <message>
        <source>Save as HTML…</source>
        <translation>另存为 HTML…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Save the comparison</source>
        <translation>保存比较结果</translation>
    </message>
    <message>
        <source>HTML (*.html)</source>
        <translation>HTML (*.html)</translation>
    </message>
</context>
<context>
    <name>bothways::ui::Controller</name>
    <message>
        <source>stopping; what was measured is kept</source>
        <translation>正在停止；已测得的数据会保留</translation>
    </message>
    <message>
        <source>Stopped. What is shown is what the run before found.</source>
        <translation>已停止。显示的仍是上一次的结果。</translation>
    </message>
    <message>
        <source>There is no evidence yet that a capture could be added to. Run all, or open a session, then add it again.</source>
        <translation>还没有可以加入抓包的证据。请先“全部运行”，或打开一个会话，然后再添加。</translation>
    </message>
    <message>
        <source>Stopped. The capture was not added.</source>
        <translation>已停止。没有添加该抓包。</translation>
    </message>
    <message>
        <source>A saved session is shown: nothing is read from this host now.</source>
        <translation>当前显示的是已保存的会话：现在不会从本机读取任何内容。</translation>
    </message>
</context>
<context>
    <name>bothways::ui::DiagnosisPage</name>
    <message>
        <source>Causes, most likely first</source>
        <translation>原因，可能性最大的在前</translation>
    </message>
    <message>
        <source>%1 causes × %2 checks</source>
        <translation>%1 个原因 × %2 项检查</translation>
    </message>
    <message>
        <source>The object the verdict rests on</source>
        <translation>结论所依据的对象</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>The evidence is still being read.</source>
        <translation>仍在读取证据。</translation>
    </message>
    <message>
        <source>No evidence yet: “Run all” reads it, or open a session.</source>
        <translation>尚无证据：点“全部运行”读取，或打开一个会话。</translation>
    </message>
    <message>
        <source>No cause is left: nothing was found to be wrong.</source>
        <translation>没有剩下任何原因：未发现问题。</translation>
    </message>
    <message>
        <source>Causes appear here when the evidence has been read.</source>
        <translation>读完证据后，原因会显示在这里。</translation>
    </message>
    <message>
        <source>Add a capture file</source>
        <translation>添加抓包文件</translation>
    </message>
    <message>
        <source>Captures (*.pcap *.pcapng *.cap);;All files (*)</source>
        <translation>抓包文件 (*.pcap *.pcapng *.cap);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Where the packet dies</source>
        <translation>报文在哪里丢失</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Red with a dot speaks for the cause, green against it. Point at a cell, or move with the arrow keys, to read it; double click or Enter opens its check.</source>
        <translation>带点的红色支持该原因，绿色反对。指向单元格或用方向键移动即可读取；双击或按 Enter 打开对应的检查。</translation>
    </message>
    <message>
        <source>%1: show the check</source>
        <translation>%1：显示该检查</translation>
    </message>
    <message>
        <source>Show the check</source>
        <translation>显示该检查</translation>
    </message>
</context>
<context>
    <name>bothways::ui::FixPage</name>
    <message>
        <source>Check again</source>
        <translation>再次检查</translation>
    </message>
    <message>
        <source>This is a recording. On the machine itself this button measures again and puts before and after side by side.</source>
        <translation>这是一份录制的数据。在实际机器上，此按钮会重新测量，并把修复前后的结果并排显示。</translation>
    </message>
    <message>
        <source>measures again and puts before and after side by side</source>
        <translation>重新测量，并把修复前后的结果并排显示</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>The evidence is still being read.</source>
        <translation>仍在读取证据。</translation>
    </message>
    <message>
        <source>Remedies follow from a diagnosis: “Run all” makes one.</source>
        <translation>修复措施由诊断得出：点“全部运行”进行诊断。</translation>
    </message>
    <message>
        <source>Nothing to mend</source>
        <translation>无需修复</translation>
    </message>
    <message>
        <source>The fault is gone.</source>
        <translation>故障已消除。</translation>
    </message>
    <message>
        <source>Both directions work.</source>
        <translation>两个方向都正常。</translation>
    </message>
    <message>
        <source>Nothing is suggested that the evidence does not support. The diagnosis says which observation would decide.</source>
        <translation>没有证据支持的措施一概不建议。诊断页会说明再观察什么即可判定。</translation>
    </message>
    <message>
        <source>One way to mend it</source>
        <translation>一种修复办法</translation>
    </message>
    <message>
        <source>%1 ways to mend it, best first</source>
        <translation>%1 种修复办法，最好的在前</translation>
    </message>
    <message>
        <source>Run the commands of one card where it says. Undo restores exactly what was there; verify runs on this host.</source>
        <translation>按卡片上注明的位置执行其中的命令。“撤销”精确恢复原状；“验证”在本机上运行。</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>修复前后对比</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修复前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修复后</translation>
    </message>
    <message>
        <source>No check changed its result.</source>
        <translation>没有任何检查的结果发生变化。</translation>
    </message>
    <message>
        <source>Paste the VM’s new answer…</source>
        <translation>粘贴虚拟机的新应答…</translation>
    </message>
    <message>
        <source>measures again and puts before and after side by side. The VM’s side stays as it was pasted until you paste its new answer, which measures again, too.</source>
        <translation>重新测量，并把前后结果并排列出。在粘贴新应答之前，虚拟机一侧仍用先前粘贴的内容；粘贴新应答时也会重新测量。</translation>
    </message>
    <message>
        <source>What was suggested before. Its undo is still at hand.</source>
        <translation>此前建议的修复，其撤销命令仍可使用。</translation>
    </message>
    <message>
        <source>ping</source>
        <translation>ping</translation>
    </message>
    <message>
        <source>Everything that changed…</source>
        <translation>全部变化…</translation>
    </message>
    <message>
        <source>score</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Over what was measured both times</source>
        <translation>按两次都测量了的项目计算</translation>
    </message>
    <message>
        <source>Save as script…</source>
        <translation>保存为脚本…</translation>
    </message>
    <message>
        <source>Save as script</source>
        <translation>保存为脚本</translation>
    </message>
    <message>
        <source>do, undo and verify, and a trial that takes itself back unless you say that it shall stay</source>
        <translation>修复、撤销和验证脚本，以及一个除非您确认保留否则自动撤销的试行脚本</translation>
    </message>
    <message>
        <source>Saved in %1</source>
        <translation>已保存在 %1</translation>
    </message>
</context>
<context>
    <name>bothways::ui::JourneyPanel</name>
    <message>
        <source>The journey of a packet appears here when the evidence has been read.</source>
        <translation>读完证据后，报文的行程会显示在这里。</translation>
    </message>
    <message>
        <source>“Unlock” in the first chapter gives the right to capture. Or capture with tcpdump or Wireshark while it fails, and add the file here.</source>
        <translation>第一章中的“解锁”可授予抓包权限。也可以在故障出现时用 tcpdump 或 Wireshark 抓包，再把文件添加到这里。</translation>
    </message>
    <message>
        <source>Run again while it fails, or add a capture file that was made then.</source>
        <translation>请在故障出现时再次运行，或添加当时的抓包文件。</translation>
    </message>
    <message>
        <source>Point at a mark, or move with the arrow keys, to read the times and the MACs.</source>
        <translation>将指针移到标记上，或用方向键移动，即可查看时间和 MAC。</translation>
    </message>
    <message>
        <source>Journeys of packets, those that were lost first</source>
        <translation>报文的行程，丢失的在前</translation>
    </message>
    <message>
        <source>Add a capture file…</source>
        <translation>添加抓包文件…</translation>
    </message>
</context>
<context>
    <name>bothways::ui::LiveChart</name>
    <message>
        <source>no sample</source>
        <translation>无样本</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>no reply, %1 of %2 lost</source>
        <translation>无应答，%2 个中丢失 %1 个</translation>
    </message>
    <message>
        <source>%1 to %2, mean %3, %4 of %5 lost</source>
        <translation>%1 到 %2，平均 %3，%5 个中丢失 %4 个</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <extracomment>from one time to another</extracomment>
        <translation>%1 到 %2</translation>
    </message>
</context>
<context>
    <name>bothways::ui::MainWindow</name>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>Skipped: %1.</source>
        <translation>已跳过：%1。</translation>
    </message>
    <message>
        <source>Skipped: %1. Until it is run, the diagnosis lacks %2.</source>
        <translation>已跳过：%1。在运行它之前，诊断缺少 %2。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭提示</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>打开会话</translation>
    </message>
    <message>
        <source>Bothways sessions (*.bothways);;All files (*)</source>
        <translation>Bothways 会话 (*.bothways);;所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <extracomment>what the page found, the VM</extracomment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
</context>
<context>
    <name>bothways::ui::MatrixView</name>
    <message>
        <source>Matrix of %1 causes and %2 checks</source>
        <translation>%1 个原因与 %2 项检查的矩阵</translation>
    </message>
    <message>
        <source>speaks for it (weight %1). %2</source>
        <translation>支持（权重 %1）。%2</translation>
    </message>
    <message>
        <source>speaks against it (weight %1). %2</source>
        <translation>反对（权重 %1）。%2</translation>
    </message>
    <message>
        <source>tells nothing either way. %1</source>
        <translation>两方面都说明不了什么。%1</translation>
    </message>
    <message>
        <source>could tell, but gave no answer in this run.</source>
        <translation>本可提供依据，但这次运行没有得到答案。</translation>
    </message>
    <message>
        <source>this check tells nothing about this cause.</source>
        <translation>此项检查与这个原因无关。</translation>
    </message>
</context>
<context>
    <name>bothways::ui::PasteDialog</name>
    <message>
        <source>The VM’s answer</source>
        <translation>虚拟机的应答</translation>
    </message>
    <message>
        <source>System of the VM</source>
        <translation>虚拟机的操作系统</translation>
    </message>
    <message>
        <source>Linux</source>
        <translation>Linux</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>Windows</translation>
    </message>
    <message>
        <source>Script to run in the VM</source>
        <translation>要在虚拟机中运行的脚本</translation>
    </message>
    <message>
        <source>What the script printed</source>
        <translation>脚本的输出</translation>
    </message>
    <message>
        <source>Paste here everything the script printed</source>
        <translation>把脚本的全部输出粘贴到这里</translation>
    </message>
    <message>
        <source>Copy script</source>
        <translation>复制脚本</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use this answer</source>
        <translation>使用此应答</translation>
    </message>
    <message>
        <source>1. Run this in the VM, as root or administrator</source>
        <translation>1. 在虚拟机中以 root 或管理员身份运行</translation>
    </message>
    <message>
        <source>It only reads: addresses, routes, neighbours, firewall rules, and it pings this host.</source>
        <translation>它只读取：地址、路由、邻居表、防火墙规则，并 ping 本机。</translation>
    </message>
    <message>
        <source>2. Paste what it printed</source>
        <translation>2. 粘贴它的输出</translation>
    </message>
</context>
<context>
    <name>bothways::ui::Rail</name>
    <message>
        <source>Chapters</source>
        <translation>章节</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
</context>
<context>
    <name>bothways::ui::RailModel</name>
    <message>
        <source>%1. %2: %3</source>
        <translation>%1. %2：%3</translation>
    </message>
</context>
<context>
    <name>bothways::ui::ReportPage</name>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>HTML is one file that needs no network and has Copy buttons. A session holds all the evidence: opened on any machine, it gives the same verdict.</source>
        <translation>HTML 是单个文件，无需网络，并带有“复制”按钮。会话包含全部证据：在任何机器上打开都得出同样的结论。</translation>
    </message>
    <message>
        <source>HTML…</source>
        <translation>HTML…</translation>
    </message>
    <message>
        <source>Markdown…</source>
        <translation>Markdown…</translation>
    </message>
    <message>
        <source>JSON…</source>
        <translation>JSON…</translation>
    </message>
    <message>
        <source>Session…</source>
        <translation>会话…</translation>
    </message>
    <message>
        <source>Preview of the report</source>
        <translation>报告预览</translation>
    </message>
    <message>
        <source>HTML (*.html)</source>
        <translation>HTML (*.html)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Bothways sessions (*.bothways)</source>
        <translation>Bothways 会话 (*.bothways)</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>PDF…</source>
        <translation>PDF…</translation>
    </message>
    <message>
        <source>The report is ready</source>
        <translation>报告已就绪</translation>
    </message>
    <message>
        <source>No report yet</source>
        <translation>还没有报告</translation>
    </message>
    <message>
        <source>There is nothing to report: “Run all” first, or open a session.</source>
        <translation>没有可报告的内容：请先“全部运行”，或打开一个会话。</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Hide who it is: other addresses and names in what is saved, with the same verdict</source>
        <translation>隐去身份：保存的内容换用其他地址和名称，结论不变</translation>
    </message>
    <message>
        <source>Compare with another session…</source>
        <translation>与另一个会话比较…</translation>
    </message>
    <message>
        <source>Compare with another session</source>
        <translation>与另一个会话比较</translation>
    </message>
    <message>
        <source>Bothways sessions (*.bothways);;All files (*)</source>
        <translation>Bothways 会话 (*.bothways);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Language of the report</source>
        <translation>报告的语言</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>详略</translation>
    </message>
    <message>
        <source>Depth of the report</source>
        <translation>报告的详略</translation>
    </message>
    <message>
        <source>A short report leaves out the score, the hardening and the list of all checks.</source>
        <translation>简短报告不含评分、加固建议和全部检查的列表。</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>简短</translation>
    </message>
</context>
<context>
    <name>bothways::ui::ScorePanel</name>
    <message>
        <source>and %1 more, see the report</source>
        <translation>另有 %1 项，见报告</translation>
    </message>
    <message>
        <source>The score appears here when the evidence has been read.</source>
        <translation>读完证据后，评分会显示在这里。</translation>
    </message>
    <message>
        <source>Score: %1</source>
        <translation>评分：%1</translation>
    </message>
    <message>
        <source>Before it was %1. Over what was measured both times: %2 before, %3 now.</source>
        <translation>此前为 %1。按两次都测量了的项目计算：此前 %2，现在 %3。</translation>
    </message>
    <message>
        <source>before: %1</source>
        <translation>此前：%1</translation>
    </message>
</context>
<context>
    <name>bothways::ui::SettingsDialog</name>
    <message>
        <source>Pings of a run</source>
        <translation>每次运行的 ping 次数</translation>
    </message>
    <message>
        <source>Seconds after which a run ends with what it has</source>
        <translation>运行的时限（秒），到时以已有结果结束</translation>
    </message>
    <message>
        <source>Alert when fewer pings succeed (%)</source>
        <translation>ping 成功率低于此值时告警（%）</translation>
    </message>
    <message>
        <source>Alert when more TCP handshakes fail (%)</source>
        <translation>TCP 握手失败率高于此值时告警（%）</translation>
    </message>
    <message>
        <source>Bytes kept of a packet</source>
        <translation>每个报文保留的字节数</translation>
    </message>
    <message>
        <source>Interfaces of this host, at most</source>
        <translation>本机最多抓包的接口数</translation>
    </message>
    <message>
        <source>Requests followed, at most</source>
        <translation>最多跟踪的请求数</translation>
    </message>
    <message>
        <source>Packets captured in the VM, at most</source>
        <translation>虚拟机内最多抓取的报文数</translation>
    </message>
    <message>
        <source>Seconds captured in the VM, at most</source>
        <translation>虚拟机内最长抓包时间（秒）</translation>
    </message>
    <message>
        <source>No port is tried: nothing is said of TCP.</source>
        <translation>不尝试任何端口：对 TCP 不作结论。</translation>
    </message>
    <message>
        <source>Numbers with commas between, at most %1.</source>
        <translation>以逗号分隔的数字，最多 %1 个。</translation>
    </message>
    <message>
        <source>At most %1 ports are tried. The list before is kept.</source>
        <translation>最多尝试 %1 个端口。保留之前的列表。</translation>
    </message>
    <message>
        <source>“%1” is no port: those are numbers from 1 to 65535. The list before is kept.</source>
        <translation>“%1”不是端口：端口是 1 到 65535 的数字。保留之前的列表。</translation>
    </message>
    <message>
        <source>Listed on the page “Start”: %1. The files themselves stay where they are.</source>
        <translation>“开始”页上列出的会话：%1 个。文件本身保持原处不动。</translation>
    </message>
    <message>
        <source>None is listed on the page “Start”.</source>
        <translation>“开始”页上没有列出会话。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Language and look</source>
        <translation>语言与外观</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Alerts of the page “Watch”</source>
        <translation>“监测”页的告警</translation>
    </message>
    <message>
        <source>Captures</source>
        <translation>抓包</translation>
    </message>
    <message>
        <source>Recent sessions</source>
        <translation>最近的会话</translation>
    </message>
    <message>
        <source>Bug reports</source>
        <translation>问题报告</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>TCP ports that are tried</source>
        <translation>尝试的 TCP 端口</translation>
    </message>
    <message>
        <source>More shows more and takes more memory. It holds from the next run on.</source>
        <translation>数值越大，看到的越多，占用内存也越多。从下次运行起生效。</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>清空列表</translation>
    </message>
    <message>
        <source>Versions, rights and tools of this computer, for a bug report. No address and no name stands in it.</source>
        <translation>本计算机的版本、权限和工具，用于问题报告。其中不含任何地址和名称。</translation>
    </message>
    <message>
        <source>Copy debug information</source>
        <translation>复制调试信息</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>恢复默认设置</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>bothways::ui::StartPage</name>
    <message>
        <source>Which VM does not answer?</source>
        <translation>哪台虚拟机没有应答？</translation>
    </message>
    <message>
        <source>Choose it. Bothways measures both directions, reads both ends and names what is in the way.</source>
        <translation>选中它。Bothways 会测量两个方向，读取两端的状态，并指出是什么在阻碍。</translation>
    </message>
    <message>
        <source>Virtual machines on this host</source>
        <translation>本机上的虚拟机</translation>
    </message>
    <message>
        <source>Diagnose this VM</source>
        <translation>诊断这台虚拟机</translation>
    </message>
    <message>
        <source>Not in the list? Type the VM’s name or address.</source>
        <translation>列表里没有？请输入虚拟机的名称或地址。</translation>
    </message>
    <message>
        <source>192.168.122.77 or a name</source>
        <translation>192.168.122.77 或名称</translation>
    </message>
    <message>
        <source>Name or address of the VM</source>
        <translation>虚拟机的名称或地址</translation>
    </message>
    <message>
        <source>Diagnose</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>A saved session</source>
        <translation>已保存的会话</translation>
    </message>
    <message>
        <source>Made here or by somebody else. It holds all the evidence, so the verdict is the same; nothing is sent.</source>
        <translation>在本机或由他人保存。它包含全部证据，因此结论相同；不会发送任何报文。</translation>
    </message>
    <message>
        <source>Open session…</source>
        <translation>打开会话…</translation>
    </message>
    <message>
        <source>A recorded case</source>
        <translation>录制的案例</translation>
    </message>
    <message>
        <source>What this program can see now</source>
        <translation>本程序目前能看到什么</translation>
    </message>
    <message>
        <source>This build does not read the live system. Open a session or play the recorded case.</source>
        <translation>此构建不能读取实际系统。请打开一个会话，或播放录制的案例。</translation>
    </message>
    <message>
        <source>Looking for virtual machines…</source>
        <translation>正在查找虚拟机…</translation>
    </message>
    <message>
        <source>The hypervisor answers, but has no VM. Create or define one, or type the address of a VM that runs elsewhere. The list is refreshed by itself.</source>
        <translation>虚拟化平台有应答，但没有虚拟机。请创建或定义一台，或者输入在别处运行的虚拟机的地址。列表会自动刷新。</translation>
    </message>
    <message>
        <source>There is a hypervisor, but it does not let this user in: %1 Join its group (for libvirt: “libvirt”) and log in again, or type the VM’s address.</source>
        <translation>有虚拟化平台，但它不允许当前用户访问。请加入它的用户组（libvirt 的组名为“libvirt”）并重新登录，或者输入虚拟机的地址。%1</translation>
    </message>
    <message>
        <source>No hypervisor was found on this host. %1 Type the VM’s address instead: all that can be measured from here is measured.</source>
        <translation>本机上未找到虚拟化平台。请改为输入虚拟机的地址：从这里能测的都会测量。%1</translation>
    </message>
    <message>
        <source>This build carries no recorded case.</source>
        <translation>此构建不含录制的案例。</translation>
    </message>
    <message>
        <source>Recorded from a real fault. Works without rights and without a VM.</source>
        <translation>录制自真实的故障。无需权限，也无需虚拟机。</translation>
    </message>
    <message>
        <source>Play the recorded case</source>
        <translation>播放录制的案例</translation>
    </message>
    <message>
        <source>Not asked yet.</source>
        <translation>尚未查询。</translation>
    </message>
    <message>
        <source>ping: sent and timed</source>
        <translation>ping：可发送并计时</translation>
    </message>
    <message>
        <source>ping: not allowed</source>
        <translation>ping：不允许</translation>
    </message>
    <message>
        <source>ARP: asked on the wire</source>
        <translation>ARP：可在链路上发出请求</translation>
    </message>
    <message>
        <source>ARP: only the cache</source>
        <translation>ARP：只能看缓存</translation>
    </message>
    <message>
        <source>firewall rules: read</source>
        <translation>防火墙规则：可读取</translation>
    </message>
    <message>
        <source>firewall rules: not readable</source>
        <translation>防火墙规则：不可读取</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>打开会话</translation>
    </message>
    <message>
        <source>Bothways sessions (*.bothways);;All files (*)</source>
        <translation>Bothways 会话 (*.bothways);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open session %1</source>
        <translation>打开会话 %1</translation>
    </message>
    <message>
        <source>Unlock…</source>
        <translation>解锁…</translation>
    </message>
    <message>
        <source>Unlock: let the helper see what this program may not</source>
        <translation>解锁：让辅助程序查看本程序无权查看的内容</translation>
    </message>
    <message>
        <source>Waiting for the password…</source>
        <translation>正在等待输入密码…</translation>
    </message>
    <message>
        <source>ARP on the wire</source>
        <translation>在链路上发出 ARP 请求</translation>
    </message>
    <message>
        <source>captures</source>
        <translation>抓包</translation>
    </message>
    <message>
        <source>this host’s firewall rules</source>
        <translation>本机的防火墙规则</translation>
    </message>
    <message>
        <source>Unlocked until this window closes: %1. A helper does that; this program itself has no more rights than before.</source>
        <translation>已解锁，直到此窗口关闭：%1。这些由辅助程序完成；本程序自身的权限没有增加。</translation>
    </message>
    <message>
        <source>Asks for an administrator’s password and starts a small helper that reads this host’s firewall rules, asks by ARP and captures packets. Without it, checks say “could not look”; they never guess.</source>
        <translation>询问管理员密码，并启动一个小型辅助程序，由它读取本机的防火墙规则、发出 ARP 请求并抓包。否则，相应检查会注明“无法查看”，绝不猜测。</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Other recorded cases</source>
        <translation>其他录制的案例</translation>
    </message>
    <message>
        <source>Not every hypervisor answered: %1</source>
        <translation>并非所有虚拟化平台都作了回答：%1</translation>
    </message>
</context>
<context>
    <name>bothways::ui::SymptomPage</name>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>requests that were answered</source>
        <translation>得到应答的请求</translation>
    </message>
    <message>
        <source>a refusal, too, shows it is alive</source>
        <translation>被拒绝也说明对方在线</translation>
    </message>
    <message>
        <source>asked now, all answers kept</source>
        <translation>现在发出，所有应答都保留</translation>
    </message>
    <message>
        <source>entry agrees with the answer?</source>
        <translation>表项与应答是否一致？</translation>
    </message>
    <message>
        <source>How the VM’s side was read</source>
        <translation>虚拟机一侧是如何读取的</translation>
    </message>
    <message>
        <source>Paste the VM’s answer…</source>
        <translation>粘贴虚拟机的应答…</translation>
    </message>
    <message>
        <source>When it was measured</source>
        <translation>测量时间</translation>
    </message>
    <message>
        <source>Measuring both directions…</source>
        <translation>正在测量两个方向…</translation>
    </message>
    <message>
        <source>The table fills in as answers come.</source>
        <translation>收到应答后表格会逐步填入。</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>尚未测量</translation>
    </message>
    <message>
        <source>“Run all” measures both directions and reads both ends.</source>
        <translation>点“全部运行”即可测量两个方向并读取两端。</translation>
    </message>
    <message>
        <source>Choose a VM first</source>
        <translation>请先选择虚拟机</translation>
    </message>
    <message>
        <source>The first chapter lists those on this host.</source>
        <translation>第一章列出本机上的虚拟机。</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>测量中</translation>
    </message>
    <message>
        <source>%1 of %2 so far</source>
        <translation>目前 %1/%2</translation>
    </message>
    <message>
        <source>Through the QEMU guest agent where the VM has one: it answers although the network is silent. Otherwise run a script in the VM and paste what it prints.</source>
        <translation>如果虚拟机里有 QEMU 客户机代理，就通过它读取：即使网络不通，它也能应答。否则请在虚拟机中运行脚本，并粘贴脚本的输出。</translation>
    </message>
    <message>
        <source>Not yet.</source>
        <translation>尚未读取。</translation>
    </message>
    <message>
        <source>QEMU guest agent: it answers although the network is silent.</source>
        <translation>QEMU 客户机代理：即使网络不通，它也能应答。</translation>
    </message>
    <message>
        <source>From the report that was brought from the VM.</source>
        <translation>来自从虚拟机带回的报告。</translation>
    </message>
    <message>
        <source>%1, in %2 s.</source>
        <translation>%1，用时 %2 秒。</translation>
    </message>
    <message>
        <source>This is a recording; nothing was sent now.</source>
        <translation>这是录制的数据；现在没有发送任何报文。</translation>
    </message>
    <message>
        <source>It was not read. %1 The button gives the script: paste what it prints, and the diagnosis sees both ends.</source>
        <translation>未能读取。%1点击下方按钮可取得脚本：把它的输出粘贴进来，诊断就能看到两端。</translation>
    </message>
    <message>
        <source>Now run this in the VM</source>
        <translation>请现在在虚拟机中运行</translation>
    </message>
    <message>
        <source>The VM cannot be asked from here. The capture waits a little for this ping, and knows it by its size.</source>
        <translation>无法从这里查询虚拟机。抓包会稍等这个 ping，并按其大小识别它。</translation>
    </message>
    <message>
        <source>Go on without it</source>
        <translation>不等它，继续</translation>
    </message>
    <message>
        <source>Linux</source>
        <translation>Linux</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>Windows</translation>
    </message>
    <message>
        <source>waiting for its ping</source>
        <translation>正在等待它的 ping</translation>
    </message>
    <message>
        <source>What you know of it</source>
        <translation>您所知道的情况</translation>
    </message>
    <message>
        <source>When did it begin?</source>
        <translation>从何时开始？</translation>
    </message>
    <message>
        <source>this morning, after the reboot</source>
        <translation>今天早上，重启之后</translation>
    </message>
    <message>
        <source>What was changed before?</source>
        <translation>此前改动过什么？</translation>
    </message>
    <message>
        <source>Docker was installed</source>
        <translation>安装了 Docker</translation>
    </message>
    <message>
        <source>The report has it as told, not measured; a redacted one leaves it out.</source>
        <translation>报告将其列为口述而非测量；脱敏报告会略去。</translation>
    </message>
</context>
<context>
    <name>bothways::ui::TargetBar</name>
    <message>
        <source>Finding the VM</source>
        <translation>正在查找虚拟机</translation>
    </message>
    <message>
        <source>Reading the VM’s side</source>
        <translation>正在读取虚拟机一侧</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>正在测量</translation>
    </message>
    <message>
        <source>Reading this host</source>
        <translation>正在读取本机</translation>
    </message>
    <message>
        <source>Concluding</source>
        <translation>正在得出结论</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>No VM chosen</source>
        <translation>未选择虚拟机</translation>
    </message>
    <message>
        <source>recorded</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>full rights</source>
        <translation>权限完整</translation>
    </message>
    <message>
        <source>limited rights</source>
        <translation>权限受限</translation>
    </message>
    <message>
        <source>Every check can look</source>
        <translation>每项检查都能查看</translation>
    </message>
    <message>
        <source>Some checks cannot look: chapter Preparation says which</source>
        <translation>有些检查无法查看：详见“准备”一章</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Run all</source>
        <translation>全部运行</translation>
    </message>
    <message>
        <source>A recording is not measured again</source>
        <translation>录制的数据不会重新测量</translation>
    </message>
    <message>
        <source>Waiting for the VM’s ping</source>
        <translation>正在等待虚拟机的 ping</translation>
    </message>
    <message>
        <source>Reading the capture</source>
        <translation>正在读取抓包</translation>
    </message>
</context>
<context>
    <name>bothways::ui::TimelineView</name>
    <message>
        <source>Journey over the points of capture</source>
        <translation>经过各抓包点的行程</translation>
    </message>
</context>
<context>
    <name>bothways::ui::TopologyPage</name>
    <message>
        <source>Drawing of the way between host and VM</source>
        <translation>主机与虚拟机之间路径的示意图</translation>
    </message>
    <message>
        <source>Click an element, or move with the arrow keys, to read what was seen of it.</source>
        <translation>点击图中的元素，或用方向键移动，即可查看读到的内容。</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>Fit the drawing into the window</source>
        <translation>使示意图适应窗口</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>另存为 SVG…</translation>
    </message>
    <message>
        <source>As it was read</source>
        <translation>读到的原文</translation>
    </message>
    <message>
        <source>Host, bridge, port, firewall hooks and VM are drawn here once they have been read.</source>
        <translation>读取完成后，这里会画出主机、网桥、端口、防火墙钩子和虚拟机。</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>拓扑</translation>
    </message>
    <message>
        <source>The evidence is still being read.</source>
        <translation>仍在读取证据。</translation>
    </message>
    <message>
        <source>No evidence yet: “Run all” reads it, or open a session.</source>
        <translation>还没有证据：请“全部运行”来读取，或打开一个会话。</translation>
    </message>
    <message>
        <source>Save the drawing</source>
        <translation>保存示意图</translation>
    </message>
    <message>
        <source>SVG drawings (*.svg)</source>
        <translation>SVG 图形 (*.svg)</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>无法写入 %1：%2。</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
</context>
<context>
    <name>bothways::ui::Unlocking</name>
    <message>
        <source>Not asked yet.</source>
        <translation>尚未查询。</translation>
    </message>
</context>
<context>
    <name>bothways::ui::VmModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Hypervisor</source>
        <translation>虚拟化平台</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>MAC</source>
        <translation>MAC</translation>
    </message>
</context>
<context>
    <name>bothways::ui::WatchEventModel</name>
    <message>
        <source>At</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
</context>
<context>
    <name>bothways::ui::WatchPage</name>
    <message>
        <source>Kept in %1</source>
        <translation>保存在 %1</translation>
    </message>
    <message>
        <source>nothing measured yet</source>
        <translation>尚未测量</translation>
    </message>
    <message>
        <source>alert</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>no alert</source>
        <translation>无告警</translation>
    </message>
    <message>
        <source>%1 of the last %2, last answer %3, %4</source>
        <translation>最近 %2 个中 %1 个，最后一次应答 %3，%4</translation>
    </message>
    <message>
        <source>Alert: %1 does not answer as it should</source>
        <translation>告警：%1 的应答不正常</translation>
    </message>
    <message>
        <source>Watching %1</source>
        <translation>正在监测 %1</translation>
    </message>
    <message>
        <source>Every sample is kept on disk at once. Other chapters can be used meanwhile.</source>
        <translation>每个样本都立即写入磁盘。期间可以使用其他章节。</translation>
    </message>
    <message>
        <source>This build cannot watch</source>
        <translation>此版本不能监测</translation>
    </message>
    <message>
        <source>It replays sessions and measures nothing.</source>
        <translation>它只回放会话，不做测量。</translation>
    </message>
    <message>
        <source>Nothing is watched</source>
        <translation>没有在监测</translation>
    </message>
    <message>
        <source>Choose a VM on the page “Start” first.</source>
        <translation>请先在“开始”页选择虚拟机。</translation>
    </message>
    <message>
        <source>A recording cannot be watched</source>
        <translation>录制的案例无法监测</translation>
    </message>
    <message>
        <source>Choose a VM of this host on the page “Start” first.</source>
        <translation>请先在“开始”页选择本机的虚拟机。</translation>
    </message>
    <message>
        <source>The watch ended; it raised alerts</source>
        <translation>监测已结束；出现过告警</translation>
    </message>
    <message>
        <source>The watch ended without an alert</source>
        <translation>监测已结束，没有告警</translation>
    </message>
    <message>
        <source>Start it again to go on with the same series.</source>
        <translation>再次开始即可在同一序列上继续。</translation>
    </message>
    <message>
        <source>Start, and this host pings the VM and connects to it until you stop, with an alert when it gets worse.</source>
        <translation>开始后，本机会一直 ping 并连接虚拟机，直到您停止；情况变差时告警。</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Five minutes each, against what is usual</source>
        <translation>每五分钟一行，与常态比较</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>Alert when fewer pings succeed (%)</source>
        <translation>ping 成功率低于此值时告警（%）</translation>
    </message>
    <message>
        <source>Alert when more TCP handshakes fail (%)</source>
        <translation>TCP 握手失败率高于此值时告警（%）</translation>
    </message>
    <message>
        <source>Seconds between two pings</source>
        <translation>两次 ping 之间的秒数</translation>
    </message>
    <message>
        <source>Diagnose at an alert, at most every ten minutes</source>
        <translation>告警时诊断，最多每十分钟一次</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Score at the alert: %1.</source>
        <translation>告警时的评分：%1。</translation>
    </message>
    <message>
        <source>Nothing was diagnosed before the watch to compare it with.</source>
        <translation>监测之前没有做过诊断，无从比较。</translation>
    </message>
    <message>
        <source>Over what was measured both times: %1 before the watch, %2 at the alert.</source>
        <translation>按两次都测量了的项目计算：监测前 %1，告警时 %2。</translation>
    </message>
</context>
<context>
    <name>capture</name>
    <message>
        <source>it is compressed; unpack it first</source>
        <translation>它是压缩文件，请先解压</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它是空文件</translation>
    </message>
    <message>
        <source>it begins neither like pcap nor like pcapng</source>
        <translation>它的开头既不是 pcap 也不是 pcapng</translation>
    </message>
    <message>
        <source>it ends in the middle of a frame, cut off at byte %1</source>
        <translation>它在一个帧的中间结束，于第 %1 字节处被截断</translation>
    </message>
    <message>
        <source>it ends inside of its header</source>
        <translation>它在文件头内就结束了</translation>
    </message>
    <message>
        <source>damaged at byte %1: a frame of %2 bytes</source>
        <translation>第 %1 字节处已损坏：帧长为 %2 字节</translation>
    </message>
    <message>
        <source>damaged at byte %1: a block of %2 bytes</source>
        <translation>第 %1 字节处已损坏：块长为 %2 字节</translation>
    </message>
    <message>
        <source>damaged at byte %1: no section of pcapng</source>
        <translation>第 %1 字节处已损坏：不是 pcapng 的节</translation>
    </message>
    <message>
        <source>pcapng version %1 is not known here</source>
        <translation>不支持 pcapng 版本 %1</translation>
    </message>
    <message>
        <source>more than %1 interfaces</source>
        <translation>接口超过 %1 个</translation>
    </message>
    <message>
        <source>damaged at byte %1: a frame of an interface that was not described</source>
        <translation>第 %1 字节处已损坏：帧所属的接口没有描述</translation>
    </message>
</context>
<context>
    <name>causes</name>
    <message>
        <source>The host&apos;s own packet filter stops the echo request on its way out</source>
        <translation>主机自身的包过滤丢弃了发出的回显请求</translation>
    </message>
    <message>
        <source>List the host&apos;s packet filter: run as root.</source>
        <translation>列出主机的包过滤规则：以 root 身份运行。</translation>
    </message>
    <message>
        <source>The host&apos;s own packet filter stops the VM&apos;s echo reply</source>
        <translation>主机自身的包过滤丢弃了虚拟机的回显应答</translation>
    </message>
    <message>
        <source>The host&apos;s packet filter stops the VM&apos;s echo request</source>
        <translation>主机的包过滤丢弃了虚拟机的回显请求</translation>
    </message>
    <message>
        <source>The host&apos;s packet filter stops ICMPv6</source>
        <translation>主机的包过滤丢弃了 ICMPv6</translation>
    </message>
    <message>
        <source>The host&apos;s network is in the Public profile, which blocks echo</source>
        <translation>主机的网络属于“公用”配置文件，它会阻止回显</translation>
    </message>
    <message>
        <source>The host&apos;s packet filter lets echo pass but no TCP</source>
        <translation>主机的包过滤放行回显报文，但不放行 TCP</translation>
    </message>
    <message>
        <source>The guest&apos;s packet filter drops the echo request</source>
        <translation>虚拟机的包过滤丢弃了回显请求</translation>
    </message>
    <message>
        <source>List the guest&apos;s packet filter: run the guest script in the VM as root.</source>
        <translation>列出虚拟机的包过滤规则：在虚拟机中以 root 身份运行虚拟机脚本。</translation>
    </message>
    <message>
        <source>The guest&apos;s packet filter drops its own echo reply</source>
        <translation>虚拟机的包过滤丢弃了自己的回显应答</translation>
    </message>
    <message>
        <source>The guest&apos;s packet filter drops ICMPv6</source>
        <translation>虚拟机的包过滤丢弃了 ICMPv6</translation>
    </message>
    <message>
        <source>The guest&apos;s packet filter lets only other sources in</source>
        <translation>虚拟机的包过滤只放行其他源地址</translation>
    </message>
    <message>
        <source>The guest&apos;s network is in the Public profile, which blocks echo</source>
        <translation>虚拟机的网络属于“公用”配置文件，它会阻止回显</translation>
    </message>
    <message>
        <source>The guest&apos;s packet filter lets echo in but no TCP</source>
        <translation>虚拟机的包过滤放行入方向的回显，但不放行 TCP</translation>
    </message>
    <message>
        <source>The cloud&apos;s security group does not let echo in</source>
        <translation>云平台的安全组不放行入方向的回显请求</translation>
    </message>
    <message>
        <source>A rule on the bridge filters the echo</source>
        <translation>网桥上的一条规则过滤了回显报文</translation>
    </message>
    <message>
        <source>Capture on the bridge and on the VM&apos;s port, or list the bridge&apos;s filter.</source>
        <translation>在网桥和虚拟机的端口上抓包，或列出网桥的过滤规则。</translation>
    </message>
    <message>
        <source>The hypervisor&apos;s network filter for this VM drops the echo</source>
        <translation>虚拟化平台为这台虚拟机设置的网络过滤器丢弃了回显报文</translation>
    </message>
    <message>
        <source>Bridged packets are dropped by the FORWARD chain</source>
        <translation>FORWARD 链丢弃了桥接的报文</translation>
    </message>
    <message>
        <source>The bridge port is isolated</source>
        <translation>网桥端口启用了端口隔离</translation>
    </message>
    <message>
        <source>The virtual switch&apos;s port ACL drops the echo</source>
        <translation>虚拟交换机的端口 ACL 丢弃了回显报文</translation>
    </message>
    <message>
        <source>The virtual switch&apos;s security policy rejects the VM&apos;s frames</source>
        <translation>虚拟交换机的安全策略拒绝了虚拟机的帧</translation>
    </message>
    <message>
        <source>A mirror rule takes the packets away</source>
        <translation>一条镜像规则把报文带走了</translation>
    </message>
    <message>
        <source>A flow on the virtual switch drops the echo</source>
        <translation>虚拟交换机上的一条流表项丢弃了回显报文</translation>
    </message>
    <message>
        <source>The cloud&apos;s network ACL does not let the echo through</source>
        <translation>云平台的网络 ACL 不放行回显报文</translation>
    </message>
    <message>
        <source>The VM uses user-mode networking, which lets nothing in</source>
        <translation>虚拟机使用用户模式网络，外部无法进入</translation>
    </message>
    <message>
        <source>Ask the hypervisor for the VM&apos;s attachment.</source>
        <translation>向虚拟化平台查询虚拟机的接入方式。</translation>
    </message>
    <message>
        <source>The VM is behind NAT without a port mapping</source>
        <translation>虚拟机位于 NAT 之后，且没有端口映射</translation>
    </message>
    <message>
        <source>The NAT port mapping leads elsewhere</source>
        <translation>NAT 端口映射指向了别处</translation>
    </message>
    <message>
        <source>The VM is on macvtap, which parts it from its own host</source>
        <translation>虚拟机使用 macvtap，它使虚拟机与所在主机隔离</translation>
    </message>
    <message>
        <source>The host&apos;s adapter for this network is missing or switched off</source>
        <translation>主机连接该网络的网卡不存在或已关闭</translation>
    </message>
    <message>
        <source>The VM is bridged to a Wi-Fi card, which carries only the host&apos;s MAC</source>
        <translation>虚拟机桥接到 Wi-Fi 网卡，而它只传送主机自身的 MAC</translation>
    </message>
    <message>
        <source>The physical switch has not learned the VM&apos;s MAC</source>
        <translation>物理交换机没有学到虚拟机的 MAC</translation>
    </message>
    <message>
        <source>Read the switch: show port-security interface, show interfaces status err-disabled.</source>
        <translation>读取交换机状态：show port-security interface、show interfaces status err-disabled。</translation>
    </message>
    <message>
        <source>The physical switch shut the port after a violation</source>
        <translation>物理交换机因违规关闭了端口</translation>
    </message>
    <message>
        <source>The physical switch allows too few MAC addresses on the port</source>
        <translation>物理交换机在该端口上允许的 MAC 地址太少</translation>
    </message>
    <message>
        <source>Another machine has the VM&apos;s MAC</source>
        <translation>另一台机器使用了虚拟机的 MAC</translation>
    </message>
    <message>
        <source>Compare the MACs of all VMs, and watch the bridge&apos;s forwarding table.</source>
        <translation>比较所有虚拟机的 MAC，并观察网桥的转发表。</translation>
    </message>
    <message>
        <source>The VM&apos;s MAC changes at each start</source>
        <translation>虚拟机的 MAC 每次启动都会变化</translation>
    </message>
    <message>
        <source>The VM&apos;s MAC is not the one it is bound to</source>
        <translation>虚拟机的 MAC 与绑定的 MAC 不符</translation>
    </message>
    <message>
        <source>Spoofing protection drops the VM&apos;s frames</source>
        <translation>防欺骗机制丢弃了虚拟机的帧</translation>
    </message>
    <message>
        <source>A permanent neighbour entry holds a wrong MAC</source>
        <translation>一条永久邻居表项的 MAC 是错的</translation>
    </message>
    <message>
        <source>Send an ARP request on the VM&apos;s link and see who answers: run as root.</source>
        <translation>在虚拟机所在链路上发出 ARP 请求，看由谁应答：以 root 身份运行。</translation>
    </message>
    <message>
        <source>No owner answers ARP or neighbour solicitation for the VM&apos;s address</source>
        <translation>没有任何机器为虚拟机的地址应答 ARP 或邻居请求</translation>
    </message>
    <message>
        <source>The neighbour entry was given a stranger&apos;s MAC</source>
        <translation>邻居表项被写入了他人的 MAC</translation>
    </message>
    <message>
        <source>The neighbour table is full</source>
        <translation>邻居表已满</translation>
    </message>
    <message>
        <source>The ARP policy of one side keeps it from answering</source>
        <translation>一侧的 ARP 策略使它不应答</translation>
    </message>
    <message>
        <source>Neighbour discovery is dropped</source>
        <translation>邻居发现报文被丢弃</translation>
    </message>
    <message>
        <source>More than one machine has the VM&apos;s address</source>
        <translation>不止一台机器使用虚拟机的地址</translation>
    </message>
    <message>
        <source>Compare address and mask of both ends: run the guest script in the VM.</source>
        <translation>比较两端的地址和掩码：在虚拟机中运行虚拟机脚本。</translation>
    </message>
    <message>
        <source>The masks of both sides do not fit</source>
        <translation>两端的掩码不匹配</translation>
    </message>
    <message>
        <source>Host and VM are in different subnets</source>
        <translation>主机和虚拟机位于不同的子网</translation>
    </message>
    <message>
        <source>The VM has only a link-local address</source>
        <translation>虚拟机只有链路本地地址</translation>
    </message>
    <message>
        <source>The default route leads to a gateway that is not there</source>
        <translation>默认路由指向一个不存在的网关</translation>
    </message>
    <message>
        <source>Ask the kernel of each end for its route to the other: run the guest script in the VM.</source>
        <translation>查询两端内核到对方的路由：在虚拟机中运行虚拟机脚本。</translation>
    </message>
    <message>
        <source>There is no route</source>
        <translation>没有路由</translation>
    </message>
    <message>
        <source>A more specific route leads to another interface</source>
        <translation>一条更具体的路由指向另一个接口</translation>
    </message>
    <message>
        <source>A policy rule diverts the packets</source>
        <translation>一条策略路由规则把报文引向别处</translation>
    </message>
    <message>
        <source>A strict reverse-path filter drops the request</source>
        <translation>严格的反向路径过滤丢弃了请求</translation>
    </message>
    <message>
        <source>A machine on the way does not forward</source>
        <translation>途中有一台机器不转发</translation>
    </message>
    <message>
        <source>The packets go round in a loop</source>
        <translation>报文在环路中打转</translation>
    </message>
    <message>
        <source>A route with a better metric leads to another interface</source>
        <translation>一条度量值更优的路由指向另一个接口</translation>
    </message>
    <message>
        <source>A route throws the packets away</source>
        <translation>一条路由把报文丢弃了</translation>
    </message>
    <message>
        <source>Host and VM use different VLAN tags</source>
        <translation>主机和虚拟机使用不同的 VLAN 标签</translation>
    </message>
    <message>
        <source>Compare the tags in a capture on the VM&apos;s port with the bridge&apos;s VLAN table.</source>
        <translation>在虚拟机的端口上抓包，把标签与网桥的 VLAN 表比较。</translation>
    </message>
    <message>
        <source>A port is not in the VM&apos;s VLAN</source>
        <translation>有一个端口不属于虚拟机的 VLAN</translation>
    </message>
    <message>
        <source>Nothing routes between the two VLANs</source>
        <translation>两个 VLAN 之间没有路由</translation>
    </message>
    <message>
        <source>The MTUs on the path differ</source>
        <translation>路径上的 MTU 不一致</translation>
    </message>
    <message>
        <source>Read the kernel&apos;s ICMP switches in the VM, and probe the path MTU.</source>
        <translation>读取虚拟机内核的 ICMP 开关，并探测路径 MTU。</translation>
    </message>
    <message>
        <source>Large packets vanish without an error</source>
        <translation>大包无声消失，没有任何差错报文</translation>
    </message>
    <message>
        <source>Packets of some sizes are lost, smaller and larger ones are not</source>
        <translation>某些大小的数据包丢失，更小和更大的则不丢</translation>
    </message>
    <message>
        <source>Capture on both sides while such a size is pinged, and look for rules that ask for the length.</source>
        <translation>在 ping 这种大小时于两侧抓包，并查找按长度匹配的规则。</translation>
    </message>
    <message>
        <source>The time to live runs out on the way</source>
        <translation>生存时间（TTL）在途中耗尽</translation>
    </message>
    <message>
        <source>ICMP is rate-limited</source>
        <translation>ICMP 受到限速</translation>
    </message>
    <message>
        <source>The kernel ignores echo requests</source>
        <translation>内核忽略回显请求</translation>
    </message>
    <message>
        <source>The VM&apos;s link is down</source>
        <translation>虚拟机的链路已断开</translation>
    </message>
    <message>
        <source>Look at the VM&apos;s link and state in the hypervisor.</source>
        <translation>在虚拟化平台上查看虚拟机的链路和状态。</translation>
    </message>
    <message>
        <source>A network driver fails</source>
        <translation>网络驱动出现故障</translation>
    </message>
    <message>
        <source>Checksum offload spoils packets</source>
        <translation>校验和卸载破坏了报文</translation>
    </message>
    <message>
        <source>The connection tracking table is full</source>
        <translation>连接跟踪表已满</translation>
    </message>
    <message>
        <source>The NAT table is full</source>
        <translation>NAT 表已满</translation>
    </message>
    <message>
        <source>Our own rights do not let us send</source>
        <translation>本程序自身的权限不足，无法发送</translation>
    </message>
    <message>
        <source>The VM is not running</source>
        <translation>虚拟机没有运行</translation>
    </message>
    <message>
        <source>The host&apos;s own packet filter</source>
        <translation>主机自身的包过滤</translation>
    </message>
    <message>
        <source>The guest&apos;s packet filter or security agent</source>
        <translation>虚拟机的包过滤或安全代理</translation>
    </message>
    <message>
        <source>Filter on the virtual switch or bridge</source>
        <translation>虚拟交换机或网桥上的过滤</translation>
    </message>
    <message>
        <source>The mode gives the host no way in</source>
        <translation>网络模式没有给主机留入口</translation>
    </message>
    <message>
        <source>Physical switch guards the port</source>
        <translation>物理交换机限制了端口</translation>
    </message>
    <message>
        <source>The VM&apos;s MAC is not what others expect</source>
        <translation>虚拟机的 MAC 与其他设备预期的不符</translation>
    </message>
    <message>
        <source>ARP / ND state is wrong</source>
        <translation>ARP / ND 状态有误</translation>
    </message>
    <message>
        <source>Addresses do not fit together</source>
        <translation>地址不匹配</translation>
    </message>
    <message>
        <source>Routes send it elsewhere</source>
        <translation>路由把报文送往别处</translation>
    </message>
    <message>
        <source>Tags do not match</source>
        <translation>标签不匹配</translation>
    </message>
    <message>
        <source>The path cannot carry the packet</source>
        <translation>路径传送不了该报文</translation>
    </message>
    <message>
        <source>Something is down or full</source>
        <translation>有部件停用或表已满</translation>
    </message>
    <message>
        <source>The VM has no IPv4 address</source>
        <translation>虚拟机没有 IPv4 地址</translation>
    </message>
    <message>
        <source>Compare the MACs of all VMs, and capture on all ports of the bridge.</source>
        <translation>比较所有虚拟机的 MAC，并在网桥的所有端口上抓包。</translation>
    </message>
    <message>
        <source>Read the ARP settings of both ends: run the guest script in the VM.</source>
        <translation>读取两端的 ARP 设置：在虚拟机中运行虚拟机脚本。</translation>
    </message>
    <message>
        <source>Compare what the VM&apos;s kernel counts of wrong checksums before and after a test: read the guest.</source>
        <translation>比较测试前后虚拟机内核的校验和错误计数：读取虚拟机。</translation>
    </message>
    <message>
        <source>A translation of the host&apos;s own sends the ping to another machine</source>
        <translation>主机自己的地址转换把 ping 送到了另一台机器</translation>
    </message>
    <message>
        <source>A translation in the guest sends the ping to another machine</source>
        <translation>客户机中的地址转换把 ping 送到了另一台机器</translation>
    </message>
    <message>
        <source>The bridge keeps neighbour solicitations from a port where nobody joined their group</source>
        <translation>网桥不把邻居请求送到无人加入其组的端口</translation>
    </message>
    <message>
        <source>A program at a port (tc, XDP, eBPF) takes the packets</source>
        <translation>端口上的程序（tc、XDP、eBPF）取走了数据包</translation>
    </message>
    <message>
        <source>Capture on both sides of it, or take the program away for a moment.</source>
        <translation>在它两侧抓包，或暂时去掉该程序。</translation>
    </message>
    <message>
        <source>The host&apos;s address is on a port of the bridge, not on the bridge</source>
        <translation>主机的地址在网桥的端口上，而不在网桥上</translation>
    </message>
    <message>
        <source>List the host&apos;s links and addresses.</source>
        <translation>列出主机的链路和地址。</translation>
    </message>
    <message>
        <source>The guest&apos;s packet filter stops the VM&apos;s own echo request</source>
        <translation>客户机的包过滤器阻止了虚拟机自己的回显请求</translation>
    </message>
    <message>
        <source>The guest&apos;s packet filter stops the host&apos;s reply to the VM&apos;s own ping</source>
        <translation>客户机的包过滤器阻止了主机对虚拟机 ping 的应答</translation>
    </message>
    <message>
        <source>The host&apos;s packet filter stops its own echo reply to the VM</source>
        <translation>主机的包过滤器阻止了主机对虚拟机的回显应答</translation>
    </message>
</context>
<context>
    <name>chapters</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Symptom</source>
        <translation>症状</translation>
    </message>
    <message>
        <source>Preparation</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>Physical</source>
        <translation>物理层</translation>
    </message>
    <message>
        <source>Data link</source>
        <translation>数据链路层</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络层</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>传输层</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>拓扑</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>监测</translation>
    </message>
</context>
<context>
    <name>chart</name>
    <message>
        <source>MM-dd</source>
        <extracomment>a date on an axis, as QDateTime::toString() takes it: day and month</extracomment>
        <translation>MM-dd</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 天</translation>
    </message>
</context>
<context>
    <name>checks</name>
    <message>
        <source>It was not asked for.</source>
        <translation>没有要求查询它。</translation>
    </message>
    <message>
        <source>There is no such thing here.</source>
        <translation>这里没有这样的东西。</translation>
    </message>
    <message>
        <source>Our rights do not reach it.</source>
        <translation>当前权限不够读取它。</translation>
    </message>
    <message>
        <source>Root rights would show it.</source>
        <translation>有 root 权限就能看到。</translation>
    </message>
    <message>
        <source>Reading it failed, and no reason was given.</source>
        <translation>读取失败，且没有给出原因。</translation>
    </message>
    <message>
        <source>There was no answer in time.</source>
        <translation>没有及时得到应答。</translation>
    </message>
    <message>
        <source>Install the guest agent in the VM, or run the guest script there as root and give its output.</source>
        <translation>请在虚拟机中安装客户机代理，或在虚拟机中以 root 身份运行虚拟机脚本并提供其输出。</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>The VM is behind a router: its link-layer address does not matter to this host.</source>
        <translation>虚拟机位于路由器之后：它的链路层地址与本主机无关。</translation>
    </message>
    <message>
        <source>It needs root rights and the interface that leads to the VM.</source>
        <translation>这需要 root 权限，以及通往虚拟机的接口。</translation>
    </message>
    <message>
        <source>The host&apos;s neighbour entry for the VM is %1: nobody answered.</source>
        <translation>主机上虚拟机的邻居表项为 %1：没有任何机器应答。</translation>
    </message>
    <message>
        <source>The host has an entry for the VM, and nothing to compare it with.</source>
        <translation>主机有虚拟机的邻居表项，但没有可比较的对象。</translation>
    </message>
    <message>
        <source>The guest script, the guest agent or root rights for a live ARP request would tell.</source>
        <translation>虚拟机脚本、客户机代理，或用 root 权限实时发出 ARP 请求，都能给出答案。</translation>
    </message>
    <message>
        <source>The host&apos;s neighbour entry holds the VM&apos;s MAC.</source>
        <translation>主机的邻居表项中是虚拟机的 MAC。</translation>
    </message>
    <message>
        <source>The host holds a permanent neighbour entry %1 for the VM, whose MAC is %2.</source>
        <translation>主机为虚拟机保存了一条永久邻居表项 %1，而虚拟机的 MAC 是 %2。</translation>
    </message>
    <message>
        <source>The host&apos;s neighbour entry is %1, the VM&apos;s MAC is %2.</source>
        <translation>主机的邻居表项为 %1，而虚拟机的 MAC 是 %2。</translation>
    </message>
    <message>
        <source>The guest holds a permanent neighbour entry %1 for the host, whose MAC is %2.</source>
        <translation>虚拟机为主机保存了一条永久邻居表项 %1，而主机的 MAC 是 %2。</translation>
    </message>
    <message>
        <source>Somebody answers for the VM&apos;s address.</source>
        <translation>有机器为虚拟机的地址应答。</translation>
    </message>
    <message>
        <source>The host&apos;s neighbour table could not be read.</source>
        <translation>无法读取主机的邻居表。</translation>
    </message>
    <message>
        <source>The VM is behind a router.</source>
        <translation>虚拟机位于路由器之后。</translation>
    </message>
    <message>
        <source>Then the host keeps a neighbour entry for the router only.</source>
        <translation>这样主机只保存路由器的邻居表项。</translation>
    </message>
    <message>
        <source>The host has no neighbour entry for the VM, so none can be wrong.</source>
        <translation>主机没有虚拟机的邻居表项，因此不可能有错误的表项。</translation>
    </message>
    <message>
        <source>Nobody answered, so nothing can be told about a second owner.</source>
        <translation>没有任何机器应答，因此无法判断是否有第二个持有者。</translation>
    </message>
    <message>
        <source>An owner that is silent or switched off now is not seen.</source>
        <translation>如果另一个持有者此刻不应答或已关机，就看不到它。</translation>
    </message>
    <message>
        <source>Several interfaces of the VM itself answer.</source>
        <translation>应答的是虚拟机自己的多个接口。</translation>
    </message>
    <message>
        <source>Only one owner answers for the address.</source>
        <translation>只有一个持有者为该地址应答。</translation>
    </message>
    <message>
        <source>The bridge has learned the owners on different ports.</source>
        <translation>网桥在不同的端口上学到了这些持有者。</translation>
    </message>
    <message>
        <source>%1 sent, %2 received</source>
        <translation>已发送 %1 个，收到 %2 个</translation>
    </message>
    <message>
        <source>, RTT min/avg/max/mdev/p95 %1 ms</source>
        <translation>，RTT min/avg/max/mdev/p95 %1 ms</translation>
    </message>
    <message>
        <source>, %1 duplicates</source>
        <translation>，%1 个重复</translation>
    </message>
    <message>
        <source>, %1 foreign replies</source>
        <translation>，%1 个来自其他地址的应答</translation>
    </message>
    <message>
        <source>an unknown sender</source>
        <translation>未知的发送者</translation>
    </message>
    <message>
        <source>Nothing left this host: its own packet filter refused to send.</source>
        <translation>没有任何报文离开本机：本机自身的包过滤拒绝发送。</translation>
    </message>
    <message>
        <source>The host&apos;s kernel refused to send the request (EPERM): its own filter stopped it.</source>
        <translation>主机内核拒绝发送请求（EPERM）：被自身的包过滤拦住。</translation>
    </message>
    <message>
        <source>the packet filter on the way out</source>
        <translation>出方向的包过滤</translation>
    </message>
    <message>
        <source>The request was refused with an ICMP error by %1.</source>
        <translation>请求被 %1 用 ICMP 差错报文拒绝。</translation>
    </message>
    <message>
        <source>The guest itself refused the request with an ICMP error.</source>
        <translation>虚拟机自己用 ICMP 差错报文拒绝了请求。</translation>
    </message>
    <message>
        <source>the packet filter on the way in</source>
        <translation>入方向的包过滤</translation>
    </message>
    <message>
        <source>No request left: nobody answers for this address on the link.</source>
        <translation>请求没有发出：链路上没有任何机器为该地址应答。</translation>
    </message>
    <message>
        <source>The host&apos;s kernel found nobody who answers for the VM&apos;s address.</source>
        <translation>主机内核没有找到为虚拟机地址应答的机器。</translation>
    </message>
    <message>
        <source>No request left: the kernel has no route to this address.</source>
        <translation>请求没有发出：内核没有到该地址的路由。</translation>
    </message>
    <message>
        <source>The host&apos;s kernel has no route for the request.</source>
        <translation>主机内核没有可用于该请求的路由。</translation>
    </message>
    <message>
        <source>Echo requests get no answer while the VM answers otherwise on the same link.</source>
        <translation>回显请求得不到应答，而虚拟机对其他报文有应答。</translation>
    </message>
    <message>
        <source>Silence: no reply and no ICMP error.</source>
        <translation>没有响应：既无应答，也无 ICMP 差错报文。</translation>
    </message>
    <message>
        <source>Echo requests get no answer.</source>
        <translation>回显请求得不到应答。</translation>
    </message>
    <message>
        <source>The run was stopped before any request was decided.</source>
        <translation>还没有任何请求得出结果，运行就被停止了。</translation>
    </message>
    <message>
        <source>The echo could not be measured.</source>
        <translation>无法测量回显。</translation>
    </message>
    <message>
        <source>No echo was sent: the VM&apos;s address is not known.</source>
        <translation>没有发送回显请求：不知道虚拟机的地址。</translation>
    </message>
    <message>
        <source>The VM answers the host&apos;s echo requests.</source>
        <translation>虚拟机对主机的回显请求作出了应答。</translation>
    </message>
    <message>
        <source>No IPv6 echo was sent.</source>
        <translation>没有发送 IPv6 回显请求。</translation>
    </message>
    <message>
        <source>The IPv6 echo could not be measured.</source>
        <translation>无法测量 IPv6 回显。</translation>
    </message>
    <message>
        <source>A route of type %1 throws the host&apos;s packets to the VM away.</source>
        <translation>一条 %1 类型的路由把主机发往虚拟机的报文丢弃了。</translation>
    </message>
    <message>
        <source>The kernel refuses to route to the VM (errno %1).</source>
        <translation>内核拒绝为去往虚拟机的报文选路（errno %1）。</translation>
    </message>
    <message>
        <source>The host has no route to the VM.</source>
        <translation>主机没有到虚拟机的路由。</translation>
    </message>
    <message>
        <source>The host sends to the VM through %1, but the VM is on %2.</source>
        <translation>主机经 %1 向虚拟机发送，但虚拟机在 %2 上。</translation>
    </message>
    <message>
        <source>See NET-1: the VM&apos;s address is of another network.</source>
        <translation>见 NET-1：虚拟机的地址属于另一个网络。</translation>
    </message>
    <message>
        <source>deciding route</source>
        <translation>起决定作用的路由</translation>
    </message>
    <message>
        <source>A policy rule leads to table %1.</source>
        <translation>一条策略路由规则指向路由表 %1。</translation>
    </message>
    <message>
        <source>No route covers the VM&apos;s subnet.</source>
        <translation>没有路由覆盖虚拟机所在的子网。</translation>
    </message>
    <message>
        <source>The better metric wins: %1</source>
        <translation>度量值更优的路由胜出：%1</translation>
    </message>
    <message>
        <source>The more specific route wins: %1</source>
        <translation>更具体的路由胜出：%1</translation>
    </message>
    <message>
        <source>Addresses and masks of both sides fit.</source>
        <translation>两端的地址和掩码匹配。</translation>
    </message>
    <message>
        <source>The VM holds the host for a neighbour, the host by its mask does not hold the VM for one.</source>
        <translation>虚拟机认为主机是直连邻居，而按主机的掩码，主机不认为虚拟机是直连邻居。</translation>
    </message>
    <message>
        <source>The host holds the VM for a neighbour, the VM by its mask does not hold the host for one.</source>
        <translation>主机认为虚拟机是直连邻居，而按虚拟机的掩码，虚拟机不认为主机是直连邻居。</translation>
    </message>
    <message>
        <source>Host and VM are on one link but in different subnets.</source>
        <translation>主机和虚拟机在同一链路上，但位于不同的子网。</translation>
    </message>
    <message>
        <source>The addresses of both ends are not known.</source>
        <translation>不知道两端的地址。</translation>
    </message>
    <message>
        <source>The VM&apos;s address is not known.</source>
        <translation>不知道虚拟机的地址。</translation>
    </message>
    <message>
        <source>The VM has only a link-local address (169.254.0.0/16): it got none by DHCP.</source>
        <translation>虚拟机只有链路本地地址（169.254.0.0/16）：没有通过 DHCP 获得地址。</translation>
    </message>
    <message>
        <source>The host has no address on the VM&apos;s link.</source>
        <translation>主机在虚拟机所在链路上没有地址。</translation>
    </message>
    <message>
        <source>The VM is reached through a router, or the interface is not known.</source>
        <translation>虚拟机要经过路由器到达，或者不知道该用哪个接口。</translation>
    </message>
    <message>
        <source>The VM&apos;s own mask is not known: read the guest to compare.</source>
        <translation>不知道虚拟机自己的掩码：读取虚拟机后才能比较。</translation>
    </message>
    <message>
        <source>No address of the host on this link fits the VM&apos;s.</source>
        <translation>主机在此链路上没有任何地址与虚拟机匹配。</translation>
    </message>
    <message>
        <source>The kernel was not asked for its route to the VM.</source>
        <translation>没有向内核查询到虚拟机的路由。</translation>
    </message>
    <message>
        <source>The host&apos;s packets reach the VM by this route.</source>
        <translation>主机的报文经由此路由到达虚拟机。</translation>
    </message>
    <message>
        <source>The VM&apos;s address is one of the host&apos;s own addresses.</source>
        <translation>虚拟机的地址是主机自己的地址之一。</translation>
    </message>
    <message>
        <source>The host sends to the VM through %1.</source>
        <translation>主机经 %1 向虚拟机发送。</translation>
    </message>
    <message>
        <source>Whether the VM is there is not known: give --interface.</source>
        <translation>不知道虚拟机是否在那里：请给出 --interface。</translation>
    </message>
    <message>
        <source>The host sends to the VM through %1, where the VM is.</source>
        <translation>主机经 %1 向虚拟机发送，虚拟机就在那里。</translation>
    </message>
    <message>
        <source>The host&apos;s route leads to the VM&apos;s own link.</source>
        <translation>主机的路由通往虚拟机所在的链路。</translation>
    </message>
    <message>
        <source>The host&apos;s routes could not be read.</source>
        <translation>无法读取主机的路由。</translation>
    </message>
    <message>
        <source>no default route</source>
        <translation>没有默认路由</translation>
    </message>
    <message>
        <source>The VM is on the link, so the default route is not used for it.</source>
        <translation>虚拟机在直连链路上，因此不会用默认路由到达它。</translation>
    </message>
    <message>
        <source>The default route is not used for the VM.</source>
        <translation>到虚拟机不使用默认路由。</translation>
    </message>
    <message>
        <source>The gateway %1 on the way to the VM does not answer.</source>
        <translation>通往虚拟机的网关 %1 没有应答。</translation>
    </message>
    <message>
        <source>The VM is reached through the gateway %1.</source>
        <translation>经由网关 %1 到达虚拟机。</translation>
    </message>
    <message>
        <source> (the VM has %1)</source>
        <translation>（虚拟机的 MAC 为 %1）</translation>
    </message>
    <message>
        <source>no route to %1</source>
        <translation>没有到 %1 的路由</translation>
    </message>
    <message>
        <source> claimed by %1</source>
        <translation>，%1 声称持有</translation>
    </message>
    <message>
        <source>, a port of %1</source>
        <translation>，%1 的一个端口</translation>
    </message>
    <message>
        <source> (fits as %1)</source>
        <translation>（匹配的前缀应为 %1）</translation>
    </message>
    <message>
        <source>The hypervisor holds the VM&apos;s link down.</source>
        <translation>虚拟化平台把虚拟机的链路置为断开。</translation>
    </message>
    <message>
        <source>The guest&apos;s interface %1 is %2.</source>
        <translation>虚拟机的接口 %1 状态为：%2。</translation>
    </message>
    <message>
        <source>%1 has no port for the VM: the VM is gone or not connected to it.</source>
        <translation>%1 上没有虚拟机的端口：虚拟机已不在，或没有连接到它。</translation>
    </message>
    <message>
        <source>%1 is there but nothing is connected to it.</source>
        <translation>%1 存在，但没有任何东西连接到它。</translation>
    </message>
    <message>
        <source>The VM&apos;s port %1 on the host is %2.</source>
        <translation>虚拟机在主机上的端口 %1 状态为：%2。</translation>
    </message>
    <message>
        <source>The VM&apos;s port on the host is up and has a carrier.</source>
        <translation>虚拟机在主机上的端口已启用且有载波。</translation>
    </message>
    <message>
        <source>The host&apos;s adapter %1 for this VM is %2.</source>
        <translation>主机上供这台虚拟机使用的网卡 %1 状态为：%2。</translation>
    </message>
    <message>
        <source>The host&apos;s links could not be read.</source>
        <translation>无法读取主机的链路。</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>%1 is present and %2.</source>
        <translation>%1 存在，状态为：%2。</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>By its rules the filter stops the echo, yet replies came: the rules changed in between, or were read on another machine.</source>
        <translation>按规则，包过滤会拦下回显报文，但收到了应答：规则在此期间被改动，或读自另一台机器。</translation>
    </message>
    <message>
        <source>Whether the host&apos;s packet filter lets the echo pass is not known.</source>
        <translation>不知道主机的包过滤是否放行回显报文。</translation>
    </message>
    <message>
        <source>Whether the guest&apos;s packet filter lets the echo pass is not known.</source>
        <translation>不知道虚拟机的包过滤是否放行回显报文。</translation>
    </message>
    <message>
        <source>rule counter before and after</source>
        <translation>规则计数器（之前与之后）</translation>
    </message>
    <message>
        <source>The host&apos;s own filter stops the echo request on its way out: %1</source>
        <translation>主机自身的包过滤拦下了发出的回显请求：%1</translation>
    </message>
    <message>
        <source>The host&apos;s filter lets the echo request out.</source>
        <translation>主机的包过滤放行发出的回显请求。</translation>
    </message>
    <message>
        <source>The counter of the host&apos;s rule grew by %1 while the requests were sent.</source>
        <translation>发送请求期间，主机这条规则的计数器增加了 %1。</translation>
    </message>
    <message>
        <source>The host&apos;s own filter stops the VM&apos;s echo reply: %1</source>
        <translation>主机自身的包过滤拦下了虚拟机的回显应答：%1</translation>
    </message>
    <message>
        <source>The host&apos;s filter lets the echo reply in.</source>
        <translation>主机的包过滤放行进入的回显应答。</translation>
    </message>
    <message>
        <source>The counter of the host&apos;s rule grew by %1 while the replies were due.</source>
        <translation>在应答本该到达的期间，主机这条规则的计数器增加了 %1。</translation>
    </message>
    <message>
        <source>The guest&apos;s filter lets other sources in but stops this host&apos;s echo request: %1</source>
        <translation>虚拟机的包过滤放行其他源地址，却拦下本主机的回显请求：%1</translation>
    </message>
    <message>
        <source>The guest&apos;s filter stops the echo request: %1</source>
        <translation>虚拟机的包过滤拦下了回显请求：%1</translation>
    </message>
    <message>
        <source>The guest&apos;s filter lets the echo request in.</source>
        <translation>虚拟机的包过滤放行进入的回显请求。</translation>
    </message>
    <message>
        <source>The counter of the guest&apos;s rule grew by %1 while the requests were sent.</source>
        <translation>发送请求期间，虚拟机这条规则的计数器增加了 %1。</translation>
    </message>
    <message>
        <source>The guest&apos;s filter stops the guest&apos;s own echo reply: %1</source>
        <translation>虚拟机的包过滤拦下了虚拟机自己的回显应答：%1</translation>
    </message>
    <message>
        <source>The guest&apos;s filter lets the echo reply out.</source>
        <translation>虚拟机的包过滤放行发出的回显应答。</translation>
    </message>
    <message>
        <source>The counter of the guest&apos;s rule grew by %1 while the replies were due.</source>
        <translation>在应答本该发出的期间，虚拟机这条规则的计数器增加了 %1。</translation>
    </message>
    <message>
        <source>The host&apos;s filter stops IPv6 echo: %1</source>
        <translation>主机的包过滤拦下了 IPv6 回显报文：%1</translation>
    </message>
    <message>
        <source>The guest&apos;s filter stops IPv6 echo: %1</source>
        <translation>虚拟机的包过滤拦下了 IPv6 回显报文：%1</translation>
    </message>
    <message>
        <source>Packets reached the guest&apos;s IP layer, but no echo request got past its filter.</source>
        <translation>报文到达了虚拟机的 IP 层，但没有一个回显请求通过其包过滤。</translation>
    </message>
    <message>
        <source>The guest&apos;s kernel counted the requests and made no reply.</source>
        <translation>虚拟机内核计到了这些请求，却没有产生应答。</translation>
    </message>
    <message>
        <source>The guest&apos;s kernel made the replies; they were lost after that.</source>
        <translation>虚拟机内核产生了应答；应答是在此之后丢失的。</translation>
    </message>
    <message>
        <source>the kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>rules asked: %1</source>
        <translation>查询的规则数：%1</translation>
    </message>
    <message>
        <source>The addresses of both ends are needed, and one is not known: give the VM&apos;s address.</source>
        <translation>需要两端的地址，而其中一个未知：请给出虚拟机的地址。</translation>
    </message>
    <message>
        <source>The host&apos;s packet filter could not be asked.</source>
        <translation>无法查询主机的包过滤。</translation>
    </message>
    <message>
        <source>The host was not read.</source>
        <translation>没有读取主机。</translation>
    </message>
    <message>
        <source>The host has no packet filter.</source>
        <translation>主机没有包过滤。</translation>
    </message>
    <message>
        <source>The host&apos;s packet filter lets the echo request out and the reply in.</source>
        <translation>主机的包过滤放行发出的回显请求和进入的应答。</translation>
    </message>
    <message>
        <source>The guest&apos;s packet filter could not be read.</source>
        <translation>无法读取虚拟机的包过滤。</translation>
    </message>
    <message>
        <source>The guest&apos;s packet filter could not be asked.</source>
        <translation>无法查询虚拟机的包过滤。</translation>
    </message>
    <message>
        <source>The guest has no packet filter.</source>
        <translation>虚拟机没有包过滤。</translation>
    </message>
    <message>
        <source>The guest&apos;s packet filter lets the echo request in and its reply out.</source>
        <translation>虚拟机的包过滤放行进入的回显请求和发出的应答。</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>The VM uses user-mode networking: by design the host has no way in, except through forwarded ports.</source>
        <translation>虚拟机使用用户模式网络：按设计，除转发的端口外，主机无法进入。</translation>
    </message>
    <message>
        <source>The VM is attached by macvtap: by design it cannot talk to its own host, only to the network outside.</source>
        <translation>虚拟机通过 macvtap 接入：按设计，它不能与所在主机通信，只能与外部网络通信。</translation>
    </message>
    <message>
        <source>The VM&apos;s port is on a bridge of this host: the host has a way in.</source>
        <translation>虚拟机的端口在本机的一个网桥上：主机有路可达。</translation>
    </message>
    <message>
        <source>the host&apos;s packet filter cannot be listed</source>
        <translation>无法列出主机的包过滤规则</translation>
    </message>
    <message>
        <source>no ARP request or neighbour solicitation can be sent</source>
        <translation>无法发送 ARP 请求或邻居请求</translation>
    </message>
    <message>
        <source>no echo request can be sent</source>
        <translation>无法发送回显请求</translation>
    </message>
    <message>
        <source>raw sockets: %1; network administration: %2; ping socket: %3 (ping_group_range %4); ping program: %5</source>
        <translation>原始套接字：%1；网络管理：%2；ping 套接字：%3（ping_group_range %4）；ping 程序：%5</translation>
    </message>
    <message>
        <source>Everything this version can look at is within reach.</source>
        <translation>此版本能查看的一切都在权限范围内。</translation>
    </message>
    <message>
        <source>Without more rights: %1.</source>
        <translation>没有更多权限时：%1。</translation>
    </message>
    <message>
        <source>The hypervisor knows no VM with this name or address.</source>
        <translation>虚拟化平台不认识具有此名称或地址的虚拟机。</translation>
    </message>
    <message>
        <source>A VM of another user or another hypervisor is not seen: give its connection with --connect.</source>
        <translation>看不到其他用户或其他虚拟化平台的虚拟机：请用 --connect 给出其连接。</translation>
    </message>
    <message>
        <source>The VM %1 is not running: its state is &quot;%2&quot;.</source>
        <translation>虚拟机 %1 没有运行：其状态为 &quot;%2&quot;。</translation>
    </message>
    <message>
        <source>The hypervisor says that the VM is running.</source>
        <translation>虚拟化平台称虚拟机正在运行。</translation>
    </message>
    <message>
        <source>%1 runs %2, and it has no network interface.</source>
        <translation>%1 运行着 %2，它没有网络接口。</translation>
    </message>
    <message>
        <source>%1 runs %2; attachment: %3.</source>
        <translation>%1 运行着 %2；接入方式：%3。</translation>
    </message>
    <message>
        <source>The VM&apos;s own MAC address is not known.</source>
        <translation>不知道虚拟机自己的 MAC 地址。</translation>
    </message>
    <message>
        <source>It comes from the hypervisor&apos;s inventory, the guest agent or the guest script.</source>
        <translation>它来自虚拟化平台的清单、客户机代理或虚拟机脚本。</translation>
    </message>
    <message>
        <source>inventory or guest report</source>
        <translation>清单或虚拟机报告</translation>
    </message>
    <message>
        <source>host&apos;s neighbour table</source>
        <translation>主机的邻居表</translation>
    </message>
    <message>
        <source>live answer</source>
        <translation>实时应答</translation>
    </message>
    <message>
        <source>The VM&apos;s MAC is %1, but %2 also stands for its address.</source>
        <translation>虚拟机的 MAC 是 %1，但 %2 也对应它的地址。</translation>
    </message>
    <message>
        <source>The VM&apos;s MAC is the one seen on the network.</source>
        <translation>虚拟机的 MAC 与网络上看到的一致。</translation>
    </message>
    <message>
        <source>Root rights let this program send an ARP request and see who answers.</source>
        <translation>有了 root 权限，本程序就能发出 ARP 请求，看由谁应答。</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>ICMP host to VM</source>
        <translation>ICMP 主机到虚拟机</translation>
    </message>
    <message>
        <source>ICMP VM to host</source>
        <translation>ICMP 虚拟机到主机</translation>
    </message>
    <message>
        <source>The VM&apos;s ping of the host is answered while the host&apos;s ping of the VM is not.</source>
        <translation>虚拟机 ping 主机有应答，而主机 ping 虚拟机没有应答。</translation>
    </message>
    <message>
        <source>Neither direction&apos;s ping is answered.</source>
        <translation>两个方向的 ping 都没有应答。</translation>
    </message>
    <message>
        <source>The VM reaches the host, but not from the address that the host pings.</source>
        <translation>虚拟机能到达主机，但用的不是主机所 ping 的地址。</translation>
    </message>
    <message>
        <source>From another source address of the host the VM answers.</source>
        <translation>换用主机的另一个源地址，虚拟机就有应答。</translation>
    </message>
    <message>
        <source>The guest&apos;s kernel counted %1 packets dropped by its reverse-path filter.</source>
        <translation>虚拟机内核计到 %1 个被反向路径过滤丢弃的报文。</translation>
    </message>
    <message>
        <source>The guest&apos;s kernel counted %1 packets that it had no route for.</source>
        <translation>虚拟机内核计到 %1 个没有路由的报文。</translation>
    </message>
    <message>
        <source>Which way the guest sends its reply is not known.</source>
        <translation>不知道虚拟机从哪条路发回应答。</translation>
    </message>
    <message>
        <source>The guest has no route back to the host&apos;s address %1.</source>
        <translation>虚拟机没有返回主机地址 %1 的路由。</translation>
    </message>
    <message>
        <source>The guest answers the way the request came.</source>
        <translation>虚拟机按请求的来路应答。</translation>
    </message>
    <message>
        <source>The guest&apos;s route back to the host leaves by the interface that the request came in by.</source>
        <translation>虚拟机返回主机的路由，出接口就是请求进入的接口。</translation>
    </message>
    <message>
        <source>The guest answers through %1, not the way the request came.</source>
        <translation>虚拟机经 %1 应答，而不是请求的来路。</translation>
    </message>
    <message>
        <source>Whether its reverse-path filter minds is not known: rp_filter was not read.</source>
        <translation>不知道其反向路径过滤是否会因此丢弃：没有读取 rp_filter。</translation>
    </message>
    <message>
        <source>The guest&apos;s strict reverse-path filter drops packets from %1 on %2: its own route back is %3.</source>
        <translation>虚拟机的严格反向路径过滤丢弃 %2 上来自 %1 的报文：它自己的返回路由是 %3。</translation>
    </message>
    <message>
        <source>Its reverse-path filter is not strict, so the request is let in; the reply may get lost on the other way.</source>
        <translation>其反向路径过滤不是严格模式，所以请求会被放行；但应答可能在另一条路上丢失。</translation>
    </message>
    <message>
        <source>The guest&apos;s routes and its reverse-path filter could not be read.</source>
        <translation>无法读取虚拟机的路由及其反向路径过滤。</translation>
    </message>
    <message>
        <source>Source address and the guest&apos;s interface are needed to tell the way back.</source>
        <translation>需要知道源地址和虚拟机的接口，才能判断返回路径。</translation>
    </message>
    <message>
        <source>The guest&apos;s way back to this address is proven by its own ping.</source>
        <translation>虚拟机自己的 ping 证实了返回此地址的路径。</translation>
    </message>
    <message>
        <source>The guest&apos;s link is down, so its routes tell nothing.</source>
        <translation>虚拟机的链路断开，因此它的路由说明不了什么。</translation>
    </message>
    <message>
        <source>Mend the link first.</source>
        <translation>请先修复链路。</translation>
    </message>
    <message>
        <source>The host sends to the VM on the wrong interface, with that one&apos;s address.</source>
        <translation>主机从错误的接口向虚拟机发送，并使用了该接口的地址。</translation>
    </message>
    <message>
        <source>Mend the route first.</source>
        <translation>请先修复路由。</translation>
    </message>
    <message>
        <source>In &quot;%1&quot; the expression &quot;%2&quot; could not be evaluated: %3</source>
        <translation>在 &quot;%1&quot; 中，无法求值表达式 &quot;%2&quot;：%3</translation>
    </message>
    <message>
        <source>&quot;%1&quot; hands the packet to a program, which decides.</source>
        <translation>&quot;%1&quot; 把报文交给一个程序，由程序决定。</translation>
    </message>
    <message>
        <source>The rules could not be evaluated to the end.</source>
        <translation>规则无法一直求值到底。</translation>
    </message>
    <message>
        <source>No tool there could list the packet filter.</source>
        <translation>那里没有可列出包过滤规则的工具。</translation>
    </message>
    <message>
        <source>The guest&apos;s kernel ignores every echo request (%1 = %2).</source>
        <translation>虚拟机内核忽略所有回显请求（%1 = %2）。</translation>
    </message>
    <message>
        <source>The host&apos;s kernel ignores every echo request (%1 = %2).</source>
        <translation>主机内核忽略所有回显请求（%1 = %2）。</translation>
    </message>
    <message>
        <source>The guest&apos;s kernel does not ignore echo requests.</source>
        <translation>虚拟机内核没有忽略回显请求。</translation>
    </message>
    <message>
        <source>The guest says that it ignores echo requests, yet it answered: it was changed in between.</source>
        <translation>虚拟机称它忽略回显请求，却作出了应答：设置在此期间被改动过。</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>有应答</translation>
    </message>
    <message>
        <source>silence, no ICMP error</source>
        <translation>无响应，无 ICMP 差错报文</translation>
    </message>
    <message>
        <source>ICMP destination unreachable</source>
        <translation>ICMP 目的不可达</translation>
    </message>
    <message>
        <source>ICMP administratively prohibited</source>
        <translation>ICMP 管理性禁止</translation>
    </message>
    <message>
        <source>time to live exceeded</source>
        <translation>TTL 超时</translation>
    </message>
    <message>
        <source>packet too big</source>
        <translation>报文过大</translation>
    </message>
    <message>
        <source>nobody answered ARP or neighbour solicitation</source>
        <translation>没有任何机器应答 ARP 或邻居请求</translation>
    </message>
    <message>
        <source>the kernel has no route</source>
        <translation>内核没有路由</translation>
    </message>
    <message>
        <source>refused by the sender&apos;s own packet filter (EPERM)</source>
        <translation>被发送方自身的包过滤拒绝（EPERM）</translation>
    </message>
    <message>
        <source>sending failed</source>
        <translation>发送失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>%1 (%2 times)</source>
        <translation>%1（%2 次）</translation>
    </message>
    <message>
        <source>port %1</source>
        <translation>端口 %1</translation>
    </message>
    <message>
        <source>ports %1</source>
        <translation>端口 %1</translation>
    </message>
    <message>
        <source>nobody answered</source>
        <translation>没有任何机器应答</translation>
    </message>
    <message>
        <source>no entry</source>
        <translation>无表项</translation>
    </message>
    <message>
        <source>entry without a link-layer address</source>
        <translation>表项没有链路层地址</translation>
    </message>
    <message>
        <source>by the VM&apos;s own neighbour table</source>
        <translation>依据虚拟机自己的邻居表</translation>
    </message>
    <message>
        <source>The host reaches the VM, but the VM&apos;s own ping of the host is not answered: the one-way fault runs the other way round.</source>
        <translation>主机能到达虚拟机，但虚拟机自己 ping 主机没有应答：单通故障的方向正好相反。</translation>
    </message>
    <message>
        <source>IPv4 works and only IPv6 does not: look at ICMPv6 filters and neighbour discovery.</source>
        <translation>IPv4 正常，只有 IPv6 不通：请查看 ICMPv6 过滤和邻居发现。</translation>
    </message>
    <message>
        <source>The VM answers one source address of this host and not another.</source>
        <translation>虚拟机对本主机的一个源地址有应答，对另一个没有。</translation>
    </message>
    <message>
        <source>Ping works, but no probed TCP port answers, not even with a refusal: only what tells TCP from ICMP can be wrong.</source>
        <translation>ping 正常，但探测的 TCP 端口都没有应答，连拒绝也没有：问题只可能出在区分 TCP 与 ICMP 的环节。</translation>
    </message>
    <message>
        <source>Ping is answered in both directions.</source>
        <translation>两个方向的 ping 都有应答。</translation>
    </message>
    <message>
        <source>The host&apos;s ping of the VM is answered, so requests and replies pass. The VM&apos;s own ping of the host was not observed.</source>
        <translation>主机 ping 虚拟机有应答，因此请求和应答都能通过。没有观察到虚拟机自己 ping 主机的情况。</translation>
    </message>
    <message>
        <source>That no probed TCP port answers is the packet filter&apos;s own policy.</source>
        <translation>探测的 TCP 端口都不应答，是包过滤自身的策略所致。</translation>
    </message>
    <message>
        <source>The VM&apos;s ping of the host is answered and comes from the very address that the host pings in vain. The replies used the host&apos;s route, neighbour entry and link to the VM, so those are good; only what tells a request from a reply can be wrong.</source>
        <translation>虚拟机 ping 主机有应答，而且用的正是主机 ping 不通的那个地址。这些应答用到了主机通往虚拟机的路由、邻居表项和链路，所以它们都是好的；问题只可能出在区分请求与应答的环节。</translation>
    </message>
    <message>
        <source>The VM&apos;s ping of the host is answered, the host&apos;s ping of the VM is not. Which source address the VM used was not told; if it is the pinged one, route, neighbour entry and link are good.</source>
        <translation>虚拟机 ping 主机有应答，主机 ping 虚拟机没有应答。不知道虚拟机用了哪个源地址；如果就是所 ping 的地址，那么路由、邻居表项和链路都是好的。</translation>
    </message>
    <message>
        <source>From another source address of the host the VM does answer.</source>
        <translation>换用主机的另一个源地址，虚拟机确实有应答。</translation>
    </message>
    <message>
        <source>The VM sits behind user-mode networking: its address exists only inside the hypervisor&apos;s process, so nothing on the host can reach it.</source>
        <translation>虚拟机处在用户模式网络之后：它的地址只存在于虚拟化平台的进程里，主机上的任何程序都到不了它。</translation>
    </message>
    <message>
        <source>The VM&apos;s ping worked when it was asked, yet nobody answers for its address now: the two were not seen at the same time, so neither side is proven. Run the guest script again.</source>
        <translation>查询虚拟机时它的 ping 是通的，但现在没有任何机器为它的地址应答：两者不是在同一时刻看到的，因此哪一侧都未得到证实。请再次运行虚拟机脚本。</translation>
    </message>
    <message>
        <source>The VM&apos;s pings arrive from %1, not from the pinged address %2.</source>
        <translation>虚拟机的 ping 来自 %1，而不是所 ping 的地址 %2。</translation>
    </message>
    <message>
        <source>The VM&apos;s pings are answered by %1, which is no address of this host.</source>
        <translation>应答虚拟机 ping 的是 %1，它不是本主机的地址。</translation>
    </message>
    <message>
        <source>From another source address of this host the VM answers: only what depends on the source can be wrong.</source>
        <translation>换用本主机的另一个源地址，虚拟机有应答：问题只可能出在与源地址有关的环节。</translation>
    </message>
    <message>
        <source>Neither direction works: link, mode, neighbour, VLAN, route, mask, MAC or a filter of all ICMP can be wrong.</source>
        <translation>两个方向都不通：可能是链路、网络模式、邻居、VLAN、路由、掩码、MAC 有误，或有规则过滤了所有 ICMP。</translation>
    </message>
    <message>
        <source>The host&apos;s ping is not answered. Whether the VM can ping the host was not observed, so the verdict stays open between the classes. Run the guest script in the VM to settle it.</source>
        <translation>主机 ping 虚拟机没有应答。没有观察到虚拟机能否 ping 通主机，因此无法判定属于哪一类。在虚拟机中运行虚拟机脚本即可判定。</translation>
    </message>
    <message>
        <source>The host&apos;s ping of the VM could not be measured.</source>
        <translation>无法测量主机对虚拟机的 ping。</translation>
    </message>
    <message>
        <source>Some of the host&apos;s pings are answered and some are not.</source>
        <translation>主机的 ping 有些得到应答，有些没有。</translation>
    </message>
    <message>
        <source>Tools and rights: can we capture, send raw ICMP, read the firewall? What is lost without?</source>
        <translation>工具与权限：能否抓包、发送原始 ICMP、读取防火墙？缺少时会失去什么？</translation>
    </message>
    <message>
        <source>What the guest&apos;s own user may do.</source>
        <translation>虚拟机内用户自身的权限。</translation>
    </message>
    <message>
        <source>The article&apos;s vmware-vswitch-utility and Windows Security Center audit do not exist; the firewall is read through the kernel.</source>
        <translation>文章中的 vmware-vswitch-utility 和 Windows 安全中心审计并不存在；防火墙规则是通过内核读取的。</translation>
    </message>
    <message>
        <source>Which hypervisor and which network mode carries this VM?</source>
        <translation>这台虚拟机由哪个虚拟化平台、哪种网络模式承载？</translation>
    </message>
    <message>
        <source>VMs of another user or of a hypervisor that this version does not ask.</source>
        <translation>其他用户的虚拟机，或此版本不查询的虚拟化平台上的虚拟机。</translation>
    </message>
    <message>
        <source>The article calls vSwitch0 a NAT switch; a standard virtual switch does no NAT.</source>
        <translation>文章把 vSwitch0 称为 NAT 交换机；标准虚拟交换机并不做 NAT。</translation>
    </message>
    <message>
        <source>Is the VM&apos;s identity consistent (address, MAC, virtual port)?</source>
        <translation>虚拟机的身份是否一致（地址、MAC、虚拟端口）？</translation>
    </message>
    <message>
        <source>A machine that took the VM&apos;s MAC as well as its address.</source>
        <translation>同时占用了虚拟机 MAC 和地址的机器。</translation>
    </message>
    <message>
        <source>Symptom table: ICMP, TCP, ARP, ARP cache, both directions, numbers</source>
        <translation>症状表：ICMP、TCP、ARP、ARP 缓存，两个方向，附数值</translation>
    </message>
    <message>
        <source>Faults that come and go between two runs.</source>
        <translation>在两次运行之间时有时无的故障。</translation>
    </message>
    <message>
        <source>The article gives one-way loss a latency signature (10 ms against 500 ms); in truth it has none.</source>
        <translation>文章认为单向丢包有时延特征（10 ms 对 500 ms）；实际上没有。</translation>
    </message>
    <message>
        <source>Timeline: when did it begin; what changed (VM start, link, lease, MAC, rules)?</source>
        <translation>时间线：何时开始；什么发生了变化（虚拟机启动、链路、租约、MAC、规则）？</translation>
    </message>
    <message>
        <source>Host uplink: carrier, speed, duplex</source>
        <translation>主机上联：载波、速率、双工</translation>
    </message>
    <message>
        <source>Faults beyond the next switch.</source>
        <translation>下一台交换机之后的故障。</translation>
    </message>
    <message>
        <source>Is the virtual adapter or switch port present, up, with carrier?</source>
        <translation>虚拟网卡或交换机端口是否存在、已启用、有载波？</translation>
    </message>
    <message>
        <source>A link that is up at both ends and yet carries nothing.</source>
        <translation>两端都已启用却什么也传不过去的链路。</translation>
    </message>
    <message>
        <source>Errors and drops counted while probing</source>
        <translation>探测期间计到的差错与丢包</translation>
    </message>
    <message>
        <source>Losses that no counter counts.</source>
        <translation>没有任何计数器计到的丢包。</translation>
    </message>
    <message>
        <source>Driver and offloads</source>
        <translation>驱动与卸载</translation>
    </message>
    <message>
        <source>Port state and port security</source>
        <translation>端口状态与端口安全</translation>
    </message>
    <message>
        <source>A physical switch whose output nobody pasted.</source>
        <translation>没有粘贴其输出的物理交换机。</translation>
    </message>
    <message>
        <source>The article sets port security to one address; host and VM on a port are two, so that cuts the VM off.</source>
        <translation>文章把端口安全设为只允许一个地址；端口上主机和虚拟机共有两个地址，这样会切断虚拟机。</translation>
    </message>
    <message>
        <source>Does the VM answer an ARP request / neighbour solicitation now?</source>
        <translation>虚拟机现在是否应答 ARP 请求 / 邻居请求？</translation>
    </message>
    <message>
        <source>Whether IP packets pass as ARP does: filters treat them apart.</source>
        <translation>IP 报文能否像 ARP 一样通过：过滤规则对二者分别处理。</translation>
    </message>
    <message>
        <source>Do the neighbour caches agree with reality, on both sides?</source>
        <translation>两端的邻居缓存是否与实际相符？</translation>
    </message>
    <message>
        <source>Entries of machines in between.</source>
        <translation>中间设备的表项。</translation>
    </message>
    <message>
        <source>The article blames a stale entry for one-way loss; a wrong entry breaks both directions.</source>
        <translation>文章把单通归咎于陈旧的表项；错误的表项会使两个方向都不通。</translation>
    </message>
    <message>
        <source>Is the MAC unique and stable?</source>
        <translation>MAC 是否唯一且稳定？</translation>
    </message>
    <message>
        <source>The article says that QEMU takes a new random MAC at each boot; in truth plain QEMU gives every VM the same one, and libvirt stores a fixed one.</source>
        <translation>文章说 QEMU 每次启动都取一个新的随机 MAC；实际上，单独运行的 QEMU 给每台虚拟机同一个 MAC，libvirt 则保存一个固定的 MAC。</translation>
    </message>
    <message>
        <source>Is the IP unique?</source>
        <translation>IP 是否唯一？</translation>
    </message>
    <message>
        <source>A second owner that is switched off or silent now.</source>
        <translation>此刻已关机或不应答的第二个持有者。</translation>
    </message>
    <message>
        <source>Spoofing, flux, ARP policy</source>
        <translation>欺骗、ARP flux、ARP 策略</translation>
    </message>
    <message>
        <source>Is the neighbour table near its limits?</source>
        <translation>邻居表是否接近上限？</translation>
    </message>
    <message>
        <source>Peaks between two readings.</source>
        <translation>两次读取之间的峰值。</translation>
    </message>
    <message>
        <source>The article speaks of a virtual switch&apos;s ARP cache; a switch keeps MAC addresses, the limit is the host&apos;s.</source>
        <translation>文章谈到虚拟交换机的 ARP 缓存；交换机保存的是 MAC 地址，上限属于主机。</translation>
    </message>
    <message>
        <source>Does the bridge or virtual switch filter it?</source>
        <translation>网桥或虚拟交换机是否在过滤它？</translation>
    </message>
    <message>
        <source>Filters in a switch outside this host.</source>
        <translation>本主机之外的交换机上的过滤。</translation>
    </message>
    <message>
        <source>The article lets a mirror rule swallow ICMP; mirroring copies and never removes.</source>
        <translation>文章认为镜像规则会吞掉 ICMP；镜像只复制，从不移除报文。</translation>
    </message>
    <message>
        <source>Do VLAN tags match?</source>
        <translation>VLAN 标签是否匹配？</translation>
    </message>
    <message>
        <source>The article puts VM and host into different VLANs to isolate the test; that alone makes the outage.</source>
        <translation>文章把虚拟机和主机放进不同的 VLAN 来隔离测试；仅此一项就会造成中断。</translation>
    </message>
    <message>
        <source>Do addresses and masks fit on both sides?</source>
        <translation>两端的地址和掩码是否匹配？</translation>
    </message>
    <message>
        <source>Addresses that were given away twice: see LNK-4.</source>
        <translation>被重复分配的地址：见 LNK-4。</translation>
    </message>
    <message>
        <source>Which route carries host to VM, and is it the right interface?</source>
        <translation>主机到虚拟机走哪条路由，接口是否正确？</translation>
    </message>
    <message>
        <source>Routers on the way.</source>
        <translation>途中的路由器。</translation>
    </message>
    <message>
        <source>The article changes routes for a one-way fault; the replies to the VM&apos;s ping prove the route good.</source>
        <translation>文章为单通故障修改路由；而对虚拟机 ping 的应答证明路由是好的。</translation>
    </message>
    <message>
        <source>Is the default route sane?</source>
        <translation>默认路由是否合理？</translation>
    </message>
    <message>
        <source>Whether the gateway forwards.</source>
        <translation>网关是否转发。</translation>
    </message>
    <message>
        <source>The article corrects the default route; a VM on the link never uses it.</source>
        <translation>文章去修正默认路由；而直连链路上的虚拟机根本用不到它。</translation>
    </message>
    <message>
        <source>Do prefixes overlap; do policy rules divert?</source>
        <translation>前缀是否重叠；策略路由规则是否引向别处？</translation>
    </message>
    <message>
        <source>Routes in other network namespaces.</source>
        <translation>其他网络命名空间中的路由。</translation>
    </message>
    <message>
        <source>Return path: asymmetric, rp_filter, forwarding</source>
        <translation>返回路径：非对称、rp_filter、转发</translation>
    </message>
    <message>
        <source>Routers between the two.</source>
        <translation>两者之间的路由器。</translation>
    </message>
    <message>
        <source>Hops and loops</source>
        <translation>跳数与环路</translation>
    </message>
    <message>
        <source>Hops that do not answer.</source>
        <translation>不应答的跳。</translation>
    </message>
    <message>
        <source>The article blames the TTL; between a host and its own VM it is not lowered at all.</source>
        <translation>文章归咎于 TTL；在主机与其上的虚拟机之间，TTL 根本不会减小。</translation>
    </message>
    <message>
        <source>ICMP echo host to VM over IPv4</source>
        <translation>主机到虚拟机的 IPv4 ICMP 回显</translation>
    </message>
    <message>
        <source>Where a silent request was lost: that takes captures or the guest&apos;s counters.</source>
        <translation>无应答的请求丢在了哪里：这需要抓包或虚拟机的计数器。</translation>
    </message>
    <message>
        <source>ICMPv6 echo and neighbour discovery host to VM</source>
        <translation>主机到虚拟机的 ICMPv6 回显与邻居发现</translation>
    </message>
    <message>
        <source>Other IPv6 addresses of the VM than the one pinged.</source>
        <translation>虚拟机上除所 ping 地址之外的其他 IPv6 地址。</translation>
    </message>
    <message>
        <source>Path MTU and jumbo frames</source>
        <translation>路径 MTU 与巨型帧</translation>
    </message>
    <message>
        <source>Limits that apply to other flows only.</source>
        <translation>只对其他流生效的限制。</translation>
    </message>
    <message>
        <source>The article gives virtual switches an MTU of 9216; the default is 1500.</source>
        <translation>文章说虚拟交换机的 MTU 为 9216；默认值是 1500。</translation>
    </message>
    <message>
        <source>TCP handshake host to VM</source>
        <translation>主机到虚拟机的 TCP 握手</translation>
    </message>
    <message>
        <source>Whether a service behind an open port works.</source>
        <translation>开放端口背后的服务是否正常。</translation>
    </message>
    <message>
        <source>The article tests with a SYN flood; one connect with a timeout is the test.</source>
        <translation>文章用 SYN 泛洪来测试；带超时的一次连接才是正确的测试。</translation>
    </message>
    <message>
        <source>TCP handshake VM to host</source>
        <translation>虚拟机到主机的 TCP 握手</translation>
    </message>
    <message>
        <source>UDP echo and ICMP port unreachable</source>
        <translation>UDP 回显与 ICMP 端口不可达</translation>
    </message>
    <message>
        <source>A silent UDP port: open and filtered look alike.</source>
        <translation>无响应的 UDP 端口：开放与被过滤看起来一样。</translation>
    </message>
    <message>
        <source>The article&apos;s UDP test sends and never reads, and a closed port 53 has nothing to do with ping.</source>
        <translation>文章的 UDP 测试只发送、从不接收，而且端口 53 关闭与 ping 毫无关系。</translation>
    </message>
    <message>
        <source>NAT port mapping present and effective</source>
        <translation>NAT 端口映射是否存在并生效</translation>
    </message>
    <message>
        <source>Mappings on a router outside.</source>
        <translation>外部路由器上的映射。</translation>
    </message>
    <message>
        <source>The article maps ICMP; NAT engines map TCP and UDP ports only.</source>
        <translation>文章对 ICMP 做映射；NAT 引擎只映射 TCP 和 UDP 端口。</translation>
    </message>
    <message>
        <source>conntrack / NAT table capacity and this flow&apos;s state</source>
        <translation>conntrack / NAT 表的容量与此流的状态</translation>
    </message>
    <message>
        <source>Tables of routers on the way.</source>
        <translation>途中路由器上的表。</translation>
    </message>
    <message>
        <source>The article empties a NAT table with clear ip route; that deletes routes.</source>
        <translation>文章用 clear ip route 清空 NAT 表；该命令删除的是路由。</translation>
    </message>
    <message>
        <source>Would the host&apos;s filter pass our echo request out and the reply in?</source>
        <translation>主机的包过滤是否会放行我们发出的回显请求和返回的应答？</translation>
    </message>
    <message>
        <source>Filters outside netfilter: BPF, XDP, traffic control, bridge tables.</source>
        <translation>netfilter 之外的过滤：BPF、XDP、流量控制、网桥表。</translation>
    </message>
    <message>
        <source>The article adds an inbound rule on the host for an outbound ping; replies are let in by state.</source>
        <translation>文章为出方向的 ping 在主机上添加入站规则；应答会凭连接状态放行。</translation>
    </message>
    <message>
        <source>Would the host&apos;s filter pass the VM&apos;s request in (IPv4 and IPv6)?</source>
        <translation>主机的包过滤是否会放行虚拟机的请求（IPv4 和 IPv6）？</translation>
    </message>
    <message>
        <source>Filters outside netfilter.</source>
        <translation>netfilter 之外的过滤。</translation>
    </message>
    <message>
        <source>Would the guest&apos;s filter pass our request in and its reply out?</source>
        <translation>虚拟机的包过滤是否会放行我们的请求及其应答？</translation>
    </message>
    <message>
        <source>Security agents in the guest that filter outside netfilter.</source>
        <translation>虚拟机中在 netfilter 之外进行过滤的安全代理。</translation>
    </message>
    <message>
        <source>The article says that a VM&apos;s stack filters ICMP by default; Windows guests do, stock Linux guests do not.</source>
        <translation>文章说虚拟机的协议栈默认过滤 ICMP；Windows 虚拟机如此，未改动的 Linux 虚拟机并不如此。</translation>
    </message>
    <message>
        <source>Forwarding between bridge ports / networks</source>
        <translation>网桥端口 / 网络之间的转发</translation>
    </message>
    <message>
        <source>Forwarding on other machines.</source>
        <translation>其他机器上的转发。</translation>
    </message>
    <message>
        <source>Docker&apos;s FORWARD policy is often blamed; it never parts a VM from its own host.</source>
        <translation>Docker 的 FORWARD 策略常被归咎；但它从不会使虚拟机与所在主机隔绝。</translation>
    </message>
    <message>
        <source>Kernel ICMP switches</source>
        <translation>内核的 ICMP 开关</translation>
    </message>
    <message>
        <source>Rate limits that only show under load.</source>
        <translation>只在高负载下才显现的限速。</translation>
    </message>
    <message>
        <source>Cloud: security groups and network ACL</source>
        <translation>云：安全组与网络 ACL</translation>
    </message>
    <message>
        <source>Rules that changed after they were exported.</source>
        <translation>导出之后又改动的规则。</translation>
    </message>
    <message>
        <source>The article&apos;s network ACL is no AWS format; ACLs are stateless and need both directions.</source>
        <translation>文章的网络 ACL 不是 AWS 的格式；ACL 是无状态的，两个方向都需要配置。</translation>
    </message>
    <message>
        <source>Preparation</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>Physical and virtual NIC</source>
        <translation>物理与虚拟网卡</translation>
    </message>
    <message>
        <source>Data link</source>
        <translation>数据链路层</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络层</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>传输层</translation>
    </message>
    <message>
        <source>Policy and stack</source>
        <translation>策略与协议栈</translation>
    </message>
    <message>
        <source>Not built in this version.</source>
        <translation>此版本尚未实现。</translation>
    </message>
    <message>
        <source>open</source>
        <translation>开放</translation>
    </message>
    <message>
        <source>refused, so the VM answers</source>
        <translation>被拒绝，说明虚拟机有应答</translation>
    </message>
    <message>
        <source>unreachable</source>
        <translation>不可达</translation>
    </message>
    <message>
        <source>this host did not let us send</source>
        <translation>本机不允许我们发送</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>port %1: %2</source>
        <translation>端口 %1：%2</translation>
    </message>
    <message>
        <source>ports %1: %2</source>
        <translation>端口 %1：%2</translation>
    </message>
    <message>
        <source>The guest&apos;s own packet filter keeps TCP %1 closed: %2.</source>
        <translation>虚拟机自身的包过滤不放行 TCP %1：%2。</translation>
    </message>
    <message>
        <source>The host&apos;s own packet filter keeps TCP %1 from passing: %2.</source>
        <translation>主机自身的包过滤不让 TCP %1 通过：%2。</translation>
    </message>
    <message>
        <source>deciding rule for TCP %1</source>
        <translation>对 TCP %1 起决定作用的规则</translation>
    </message>
    <message>
        <source>No probed TCP port answers, not even with a refusal.</source>
        <translation>探测的 TCP 端口都没有应答，连拒绝也没有。</translation>
    </message>
    <message>
        <source>The guest&apos;s packet filter would let these ports through.</source>
        <translation>虚拟机的包过滤会放行这些端口。</translation>
    </message>
    <message>
        <source>The guest&apos;s packet filter lets TCP to the probed ports through.</source>
        <translation>虚拟机的包过滤放行到所探测端口的 TCP。</translation>
    </message>
    <message>
        <source>The host&apos;s packet filter lets TCP to the probed ports through.</source>
        <translation>主机的包过滤放行到所探测端口的 TCP。</translation>
    </message>
    <message>
        <source>No TCP port was probed.</source>
        <translation>没有探测任何 TCP 端口。</translation>
    </message>
    <message>
        <source>Name the ports to try with --ports.</source>
        <translation>用 --ports 指定要尝试的端口。</translation>
    </message>
    <message>
        <source>A TCP port answers, so packets reach the VM and come back.</source>
        <translation>有 TCP 端口应答，因此报文能到达虚拟机，也能返回。</translation>
    </message>
    <message>
        <source>The host&apos;s kernel could not reach the address at all.</source>
        <translation>主机内核完全无法到达该地址。</translation>
    </message>
    <message>
        <source>The host&apos;s kernel reports the VM&apos;s address as unreachable.</source>
        <translation>主机内核报告虚拟机的地址不可达。</translation>
    </message>
    <message>
        <source>The link was not asked who has the VM&apos;s address: no ARP request was sent.</source>
        <translation>没有在链路上询问谁持有虚拟机的地址：没有发出 ARP 请求。</translation>
    </message>
    <message>
        <source>The host has the VM&apos;s right MAC %1 in its neighbour table.</source>
        <translation>主机邻居表中虚拟机的 MAC %1 是正确的。</translation>
    </message>
    <message>
        <source>No machine on the link answers for the VM&apos;s address %1.</source>
        <translation>链路上没有任何机器为虚拟机的地址 %1 应答。</translation>
    </message>
    <message>
        <source>A machine with the MAC %1 answers for the VM&apos;s address.</source>
        <translation>一台 MAC 为 %1 的机器为虚拟机的地址应答。</translation>
    </message>
    <message>
        <source>The VM itself answers for %1 on this link, so frames reach it and come back.</source>
        <translation>虚拟机自己在此链路上为 %1 应答，因此帧能到达它，也能返回。</translation>
    </message>
    <message>
        <source>A machine with the MAC %1 answers for the VM&apos;s address, and it is not the VM.</source>
        <translation>一台 MAC 为 %1 的机器为虚拟机的地址应答，而它不是这台虚拟机。</translation>
    </message>
    <message>
        <source>Only one machine answers for %1.</source>
        <translation>只有一台机器为 %1 应答。</translation>
    </message>
    <message>
        <source>More than one machine answers for %1: %2.</source>
        <translation>不止一台机器为 %1 应答：%2。</translation>
    </message>
    <message>
        <source>None of %1 echo requests to %2 was answered.</source>
        <translation>向 %2 发出的 %1 个回显请求都没有得到应答。</translation>
    </message>
    <message>
        <source>%1 of %2 echo requests to %3 were answered</source>
        <translation>向 %3 发出的 %2 个回显请求中有 %1 个得到应答</translation>
    </message>
    <message>
        <source>%1, after %2 on average.</source>
        <translation>%1，平均用时 %2。</translation>
    </message>
    <message>
        <source>Silence, although the VM answers otherwise on the same link: frames reach it and come back, so something filters or ignores echo requests.</source>
        <translation>没有响应，但虚拟机在同一链路上对其他报文有应答：帧能到达它，也能返回，因此回显请求被过滤或被忽略。</translation>
    </message>
    <message>
        <source>No IPv6 address of the VM is known; the guest agent or the guest script would tell one.</source>
        <translation>不知道虚拟机的任何 IPv6 地址；客户机代理或虚拟机脚本可以提供。</translation>
    </message>
    <message>
        <source>Host and VM are in one subnet, as both of them see it.</source>
        <translation>在两端看来，主机和虚拟机都在同一子网。</translation>
    </message>
    <message>
        <source>As the host sees it, the VM is on its own link.</source>
        <translation>在主机看来，虚拟机在自己的直连链路上。</translation>
    </message>
    <message>
        <source>The host&apos;s route to the VM through %1 works: the VM answers.</source>
        <translation>主机经 %1 到虚拟机的路由可用：虚拟机有应答。</translation>
    </message>
    <message>
        <source>The host&apos;s route to the VM through %1 works: replies to the VM&apos;s own ping took it.</source>
        <translation>主机经 %1 到虚拟机的路由可用：对虚拟机 ping 的应答走的就是它。</translation>
    </message>
    <message>
        <source>Which of the host&apos;s adapters leads to the VM is not known.</source>
        <translation>不知道主机的哪块网卡通往虚拟机。</translation>
    </message>
    <message>
        <source>Name it with --interface.</source>
        <translation>请用 --interface 指定。</translation>
    </message>
    <message>
        <source>The link to the VM is up: packets pass over it.</source>
        <translation>到虚拟机的链路正常：报文能通过。</translation>
    </message>
    <message>
        <source>%1 is up: packets pass over it.</source>
        <translation>%1 正常：报文能通过。</translation>
    </message>
    <message>
        <source>One way only: the VM can ping the host, and the host cannot ping the VM.</source>
        <translation>单通：虚拟机能 ping 通主机，主机 ping 不通虚拟机。</translation>
    </message>
    <message>
        <source>The VM cannot be reached under the pinged address.</source>
        <translation>用所 ping 的地址到不了虚拟机。</translation>
    </message>
    <message>
        <source>Neither can ping the other.</source>
        <translation>双方都 ping 不通对方。</translation>
    </message>
    <message>
        <source>Ping works, and no probed TCP port answers.</source>
        <translation>ping 正常，但探测的 TCP 端口都没有应答。</translation>
    </message>
    <message>
        <source>Ping works only in part.</source>
        <translation>ping 只有部分能通。</translation>
    </message>
    <message>
        <source>Ping works both ways.</source>
        <translation>双向都能 ping 通。</translation>
    </message>
    <message>
        <source>The host can ping the VM.</source>
        <translation>主机能 ping 通虚拟机。</translation>
    </message>
    <message>
        <source>Ping could not be measured.</source>
        <translation>无法测量 ping。</translation>
    </message>
    <message>
        <source>The host cannot ping the VM; whether the VM can ping the host is not known.</source>
        <translation>主机 ping 不通虚拟机；不知道虚拟机能否 ping 通主机。</translation>
    </message>
    <message>
        <source>Which rights this program has is not known.</source>
        <translation>不知道本程序有哪些权限。</translation>
    </message>
    <message>
        <source>No hypervisor on this host could be asked about this VM.</source>
        <translation>本机上没有可供查询这台虚拟机的虚拟化平台。</translation>
    </message>
    <message>
        <source>Which machine answers for the VM&apos;s address was not seen.</source>
        <translation>没有看到由哪台机器为虚拟机的地址应答。</translation>
    </message>
    <message>
        <source>%1 of %2 answered</source>
        <translation>%2 个中有 %1 个得到应答</translation>
    </message>
    <message>
        <source>signature</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>The way back works: packets between these two addresses passed in both directions.</source>
        <translation>返回路径可用：这两个地址之间的报文双向都通过了。</translation>
    </message>
    <message>
        <source>Whether the guest&apos;s kernel is set to answer echo requests could not be read.</source>
        <translation>无法读取虚拟机内核是否设为应答回显请求。</translation>
    </message>
    <message>
        <source>The guest&apos;s kernel is set to answer echo requests.</source>
        <translation>虚拟机内核已设为应答回显请求。</translation>
    </message>
    <message>
        <source>A port where nothing listens would refuse; these are kept silent.</source>
        <translation>没有程序监听的端口本会拒绝连接；这些端口却被拦得毫无响应。</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 等，另有 %2 个</translation>
    </message>
    <message>
        <source>Everywhere the VM&apos;s address was seen, it stood with the VM&apos;s own MAC %1.</source>
        <translation>凡看到虚拟机地址之处，对应的都是虚拟机自己的 MAC %1。</translation>
    </message>
    <message>
        <source>The rules of %1 could not be read. %2</source>
        <translation>无法读取 %1 的规则。%2</translation>
    </message>
    <message>
        <source>The rules of %1 were read, but this version cannot evaluate them.</source>
        <translation>已读取 %1 的规则，但此版本无法对其求值。</translation>
    </message>
    <message>
        <source>The rules of %1 could not be understood at %2: %3.</source>
        <translation>无法理解 %1 的规则（位置 %2）：%3。</translation>
    </message>
    <message>
        <source>The VM has no network interface and no IPv4 address.</source>
        <translation>虚拟机没有网络接口，也没有 IPv4 地址。</translation>
    </message>
    <message>
        <source>The VM has no IPv4 address on %1.</source>
        <translation>虚拟机的 %1 上没有 IPv4 地址。</translation>
    </message>
    <message>
        <source>Only the VM says that its address is %1, which is in no network of the host on %2.</source>
        <translation>只有虚拟机自己说它的地址是 %1，而该地址不在主机于 %2 上的任何网络中。</translation>
    </message>
    <message>
        <source>Pings of %1 bytes are lost, smaller and larger ones are answered.</source>
        <translation>%1 字节的 ping 丢失，更小和更大的有应答。</translation>
    </message>
    <message>
        <source>Pings of %1 to %2 bytes are lost, smaller and larger ones are answered.</source>
        <translation>%1 到 %2 字节的 ping 丢失，更小和更大的有应答。</translation>
    </message>
    <message>
        <source>Packets of %1 bytes are never answered, smaller and larger ones are.</source>
        <translation>%1 字节的数据包从未得到应答，更小和更大的则有。</translation>
    </message>
    <message>
        <source>Packets of %1 to %2 bytes are never answered, smaller and larger ones are.</source>
        <translation>%1 到 %2 字节的数据包从未得到应答，更小和更大的则有。</translation>
    </message>
    <message>
        <source>No MTU does this: something on the way looks at the length of packets.</source>
        <translation>没有哪个 MTU 会这样：路上有东西在看数据包的长度。</translation>
    </message>
    <message>
        <source>The largest packet that arrives is not known.</source>
        <translation>能到达的最大数据包不明。</translation>
    </message>
    <message>
        <source>The same sizes were answered at one time and not at another: the link was not steady.</source>
        <translation>同样的大小一时有应答，一时没有：链路不稳定。</translation>
    </message>
    <message>
        <source>The VM&apos;s address %1 is of the host&apos;s network on %2, but the VM is on %3.</source>
        <translation>虚拟机的地址 %1 属于主机在 %2 上的网络，但虚拟机在 %3 上。</translation>
    </message>
    <message>
        <source>The VM&apos;s bridge port %1 is %2, not forwarding.</source>
        <translation>虚拟机的网桥端口 %1 处于 %2 状态，不转发。</translation>
    </message>
    <message>
        <source>The VM&apos;s bridge port %1 is locked, and the VM&apos;s MAC is not among those it lets in.</source>
        <translation>虚拟机的网桥端口 %1 已锁定，而虚拟机的 MAC 不在它放行之列。</translation>
    </message>
    <message>
        <source>A filter on the bridge stops %1: %2</source>
        <translation>网桥上的过滤规则拦下了%1：%2</translation>
    </message>
    <message>
        <source>Yet replies came: the rules changed in between, or were read on another machine.</source>
        <translation>但收到了应答：规则在此期间被改动，或读自另一台机器。</translation>
    </message>
    <message>
        <source>the host&apos;s echo</source>
        <translation>主机的回显报文</translation>
    </message>
    <message>
        <source>the VM&apos;s echo</source>
        <translation>虚拟机的回显报文</translation>
    </message>
    <message>
        <source>the host&apos;s ARP for the VM</source>
        <translation>主机查询虚拟机的 ARP</translation>
    </message>
    <message>
        <source>the VM&apos;s ARP for the host</source>
        <translation>虚拟机查询主机的 ARP</translation>
    </message>
    <message>
        <source>Whether the bridge lets the echo pass is not known.</source>
        <translation>不知道网桥是否放行回显报文。</translation>
    </message>
    <message>
        <source>No filter on the bridge stops the echo.</source>
        <translation>网桥上没有规则拦下回显报文。</translation>
    </message>
    <message>
        <source>The host&apos;s bridges were not read.</source>
        <translation>未读取主机的网桥。</translation>
    </message>
    <message>
        <source>The flows of Open vSwitch are not read in this version.</source>
        <translation>此版本不读取 Open vSwitch 的流表。</translation>
    </message>
    <message>
        <source>No Linux bridge of this host carries the VM.</source>
        <translation>虚拟机不在本机的任何 Linux 网桥上。</translation>
    </message>
    <message>
        <source>The bridge&apos;s filter could not be asked.</source>
        <translation>无法查询网桥的过滤规则。</translation>
    </message>
    <message>
        <source>Which port of bridge %1 leads to the VM is not known.</source>
        <translation>不知道网桥 %1 的哪个端口通向虚拟机。</translation>
    </message>
    <message>
        <source>A running VM that sent a packet shows it.</source>
        <translation>虚拟机运行并发出过报文后即可看出。</translation>
    </message>
    <message>
        <source>Bridge %1 lets the echo pass between the host and the VM&apos;s port %2.</source>
        <translation>网桥 %1 放行主机与虚拟机端口 %2 之间的回显报文。</translation>
    </message>
    <message>
        <source>The port is isolated: it reaches the host, but no other isolated port.</source>
        <translation>该端口已隔离：可达主机，但到不了其他隔离端口。</translation>
    </message>
    <message>
        <source>taken for not used up: %1</source>
        <translation>假定尚未用尽：%1</translation>
    </message>
    <message>
        <source>%1: passes</source>
        <translation>%1：放行</translation>
    </message>
    <message>
        <source>Whether the host forwards is not known: %1.</source>
        <translation>不知道主机是否转发：%1。</translation>
    </message>
    <message>
        <source>The host&apos;s filter forwards nothing like it, %1: %2</source>
        <translation>主机的包过滤不转发这类报文（%1）：%2</translation>
    </message>
    <message>
        <source>That parts VMs from each other or from other networks, never a VM from its own host.</source>
        <translation>这会隔断虚拟机之间或虚拟机与其他网络，但绝不会隔断虚拟机与其所在主机。</translation>
    </message>
    <message>
        <source>from bridge port %1 to %2</source>
        <translation>从网桥端口 %1 到 %2</translation>
    </message>
    <message>
        <source>from %1 out through %2</source>
        <translation>从 %1 经 %2 出去</translation>
    </message>
    <message>
        <source>Nothing keeps the host from forwarding for the VM, as far as it forwards at all.</source>
        <translation>在主机启用的转发范围内，没有规则阻止它为虚拟机转发。</translation>
    </message>
    <message>
        <source>The host&apos;s filter stops the VM&apos;s echo request: %1</source>
        <translation>主机的包过滤拦下了虚拟机的回显请求：%1</translation>
    </message>
    <message>
        <source>The host&apos;s filter lets the VM&apos;s echo request in.</source>
        <translation>主机的包过滤放行虚拟机的回显请求。</translation>
    </message>
    <message>
        <source>The host&apos;s filter stops the host&apos;s own echo reply to the VM: %1</source>
        <translation>主机的包过滤拦下了主机自己发给虚拟机的回显应答：%1</translation>
    </message>
    <message>
        <source>The host&apos;s packet filter lets the VM&apos;s echo request in and the reply out.</source>
        <translation>主机的包过滤放行虚拟机的回显请求及应答。</translation>
    </message>
    <message>
        <source>IPv4 echo passes; the VM&apos;s IPv6 echo does not: %1</source>
        <translation>IPv4 回显可通过；虚拟机的 IPv6 回显不能：%1</translation>
    </message>
    <message>
        <source>The rules give it another destination; where that leads was not followed.</source>
        <translation>规则改写了它的目的地址；此后的去向未再追踪。</translation>
    </message>
    <message>
        <source>host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>guest</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>hypervisor</source>
        <translation>虚拟化平台</translation>
    </message>
    <message>
        <source>switch</source>
        <translation>交换机</translation>
    </message>
    <message>
        <source>cloud</source>
        <translation>云平台</translation>
    </message>
    <message>
        <source>no route back to %1</source>
        <translation>没有返回 %1 的路由</translation>
    </message>
    <message>
        <source>back to %1 through %2</source>
        <translation>经 %2 返回 %1</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>由 %1 应答</translation>
    </message>
    <message>
        <source>It is stopped in any case; another rule may do it earlier, which depends on something that could not be evaluated.</source>
        <translation>无论如何报文都会被拦下；也可能由另一条规则更早拦截，这取决于无法判定的内容。</translation>
    </message>
    <message>
        <source>What cannot be looked at is reported as unknown, never as fine.</source>
        <translation>看不到的内容一律报告为“未知”，绝不当作正常。</translation>
    </message>
    <message>
        <source>Run as root to see it all.</source>
        <translation>以 root 身份运行可查看全部内容。</translation>
    </message>
    <message>
        <source>Give the helper its capabilities once, and this program needs no rights itself: %1</source>
        <translation>为辅助程序授予一次能力后，本程序自身无需任何特权：%1</translation>
    </message>
    <message>
        <source>what rules made by iptables match cannot be listed</source>
        <translation>无法列出 iptables 所建规则的匹配条件</translation>
    </message>
    <message>
        <source>This program has no rights; its helper does what needs them: %1</source>
        <translation>本程序没有特权；需要特权的操作由辅助程序完成：%1</translation>
    </message>
    <message>
        <source>By the capture the VM&apos;s address %1 is claimed by %2 besides the VM itself.</source>
        <translation>抓包显示，除虚拟机自己外，%2 也声称持有虚拟机的地址 %1。</translation>
    </message>
    <message>
        <source>By the capture the VM&apos;s address %1 is claimed by %2, which is not the VM.</source>
        <translation>抓包显示，%2 声称持有虚拟机的地址 %1，而它不是这台虚拟机。</translation>
    </message>
    <message>
        <source>By the capture the host&apos;s own address %1 is claimed by %2: the VM may send there what it means for the host.</source>
        <translation>抓包显示，%2 声称持有主机自己的地址 %1：虚拟机可能把本该发给主机的报文发往那里。</translation>
    </message>
    <message>
        <source>The guest&apos;s setting %1 = %2 keeps it from answering ARP requests from %3.</source>
        <translation>虚拟机的设置 %1 = %2 使它不应答来自 %3 的 ARP 请求。</translation>
    </message>
    <message>
        <source>The host&apos;s setting %1 = %2 keeps it from answering ARP requests from %3.</source>
        <translation>主机的设置 %1 = %2 使它不应答来自 %3 的 ARP 请求。</translation>
    </message>
    <message>
        <source>Nobody claims an address of the two who should not.</source>
        <translation>没有不该持有的机器声称持有两端的地址。</translation>
    </message>
    <message>
        <source>Several interfaces of the VM answer for its address (ARP flux): %1. Frames for it may go to any of them.</source>
        <translation>虚拟机有多个接口为其地址应答（ARP flux）：%1。发给它的帧可能到达其中任何一个。</translation>
    </message>
    <message>
        <source>Who claims the addresses was not seen, and no ARP setting was read.</source>
        <translation>没有看到谁声称持有这些地址，也没有读取任何 ARP 设置。</translation>
    </message>
    <message>
        <source>No ARP of either end was captured.</source>
        <translation>没有抓到任何一端的 ARP。</translation>
    </message>
    <message>
        <source>No ARP setting of those that were read keeps an end from answering.</source>
        <translation>在已读取的 ARP 设置中，没有哪项使某一端不应答。</translation>
    </message>
    <message>
        <source>Who claims the addresses was not captured.</source>
        <translation>没有抓到谁声称持有这些地址。</translation>
    </message>
    <message>
        <source>While the probes ran, the host&apos;s interface %1 counted %2.</source>
        <translation>探测期间，主机的接口 %1 计到 %2。</translation>
    </message>
    <message>
        <source>While the probes ran, the guest&apos;s stack counted %1.</source>
        <translation>探测期间，虚拟机的协议栈计到 %1。</translation>
    </message>
    <message>
        <source>While the probes ran, the host&apos;s stack counted %1.</source>
        <translation>探测期间，主机的协议栈计到 %1。</translation>
    </message>
    <message>
        <source>By the capture %1 ICMP messages at %2 have a wrong checksum. No network card makes that of ICMP, so they were spoilt on their way.</source>
        <translation>抓包显示，%2 处有 %1 个 ICMP 报文的校验和错误。ICMP 的校验和不由网卡计算，因此报文是在途中被破坏的。</translation>
    </message>
    <message>
        <source>While the probes ran, the guest threw packets away for a wrong checksum: %1.</source>
        <translation>探测期间，虚拟机因校验和错误丢弃了报文：%1。</translation>
    </message>
    <message>
        <source>While the probes ran, the host threw packets away for a wrong checksum: %1.</source>
        <translation>探测期间，主机因校验和错误丢弃了报文：%1。</translation>
    </message>
    <message>
        <source>No interface on the way counted an error or a drop while the probes ran.</source>
        <translation>探测期间，途中没有接口计到差错或丢包。</translation>
    </message>
    <message>
        <source>No counter was read both before and after the probes.</source>
        <translation>没有任何计数器在探测前后都读取过。</translation>
    </message>
    <message>
        <source>Only what they grew by tells: they count since the interface is there.</source>
        <translation>只有增量才说明问题：计数器从接口创建时起就开始累计。</translation>
    </message>
    <message>
        <source>The stacks that were read twice counted no error while the probes ran.</source>
        <translation>读取过两次的协议栈在探测期间没有计到差错。</translation>
    </message>
    <message>
        <source>No packet with a wrong checksum was seen.</source>
        <translation>没有看到校验和错误的报文。</translation>
    </message>
    <message>
        <source>The drivers are known, and whether they spoil packets is not.</source>
        <translation>驱动程序已知，但不知道它们是否破坏报文。</translation>
    </message>
    <message>
        <source>Neither driver nor checksums could be looked at.</source>
        <translation>驱动程序和校验和都无法查看。</translation>
    </message>
    <message>
        <source>A capture, or the guest&apos;s counters before and after the probes, would show wrong checksums.</source>
        <translation>抓包，或虚拟机在探测前后的计数器，能显示校验和错误。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>packets</comment>
        <translation>%1/%2 个</translation>
    </message>
    <message>
        <source>By the capture %1 echo requests never left this host&apos;s stack: they were not even seen at %2.</source>
        <translation>抓包显示，有 %1回显请求从未离开本机的协议栈：连在 %2 处都没有看到。</translation>
    </message>
    <message>
        <source>By the capture the answers to %1 echo requests came in at %2, and this host&apos;s stack did not give them to the program.</source>
        <translation>抓包显示，有 %1回显请求的应答从 %2 进入，而本机的协议栈没有把它们交给程序。</translation>
    </message>
    <message>
        <source>By the capture %1 echo requests were given to the VM at %2, and no answer came out of it.</source>
        <translation>抓包显示，有 %1回显请求在 %2 处交给了虚拟机，而虚拟机没有发出应答。</translation>
    </message>
    <message>
        <source>By the captures %1 echoes were lost between %2 and %3, where no filter of the VM is.</source>
        <translation>抓包显示，有 %1回显报文丢失在 %2 与 %3 之间，而那里没有虚拟机的过滤规则。</translation>
    </message>
    <message>
        <source>By the capture the bridge sent %1 echo requests out at %2 instead of %3: see LNK-3.</source>
        <translation>抓包显示，网桥把 %1回显请求从 %2 发出，而不是从 %3：见 LNK-3。</translation>
    </message>
    <message>
        <source>By the capture %1 echo requests were lost in the bridge, between %2 and %3.</source>
        <translation>抓包显示，有 %1回显请求丢失在网桥中，位于 %2 与 %3 之间。</translation>
    </message>
    <message>
        <source>By the capture the answers to %1 echo requests were lost in the bridge, between %2 and %3.</source>
        <translation>抓包显示，有 %1回显请求的应答丢失在网桥中，位于 %2 与 %3 之间。</translation>
    </message>
    <message>
        <source>By the capture the host addresses its echo requests to %1, the VM&apos;s MAC is %2.</source>
        <translation>抓包显示，主机的回显请求发往 MAC %1，而虚拟机的 MAC 是 %2。</translation>
    </message>
    <message>
        <source>By the capture the VM addresses its answers to %1, which is not this host&apos;s MAC.</source>
        <translation>抓包显示，虚拟机的应答发往 MAC %1，而它不是本机的 MAC。</translation>
    </message>
    <message>
        <source>By the capture %1 ARP requests for the VM were lost in the bridge, between %2 and %3.</source>
        <translation>抓包显示，有 %1查询虚拟机的 ARP 请求丢失在网桥中，位于 %2 与 %3 之间。</translation>
    </message>
    <message>
        <source>By the capture %1 ARP requests were given to the VM at %2, and no answer came out of it.</source>
        <translation>抓包显示，有 %1 ARP 请求在 %2 处交给了虚拟机，而虚拟机没有发出应答。</translation>
    </message>
    <message>
        <source>By the capture the answers to the host&apos;s echo requests come from the MAC %1, which is not the VM&apos;s.</source>
        <translation>抓包显示，对主机回显请求的应答来自 MAC %1，而它不是虚拟机的 MAC。</translation>
    </message>
    <message>
        <source>By the capture what the host sends to the VM leaves by %1, which does not lead to the VM.</source>
        <translation>抓包显示，主机发给虚拟机的报文从 %1 发出，而它不通往虚拟机。</translation>
    </message>
    <message>
        <source>By the capture they were not all lost in one place: %1</source>
        <translation>抓包显示，报文并非都在同一处丢失：%1</translation>
    </message>
    <message>
        <source>%1 has the VM&apos;s MAC %2 and runs on the same bridge.</source>
        <translation>%1 也使用虚拟机的 MAC %2，并运行在同一网桥上。</translation>
    </message>
    <message>
        <source>%1 has the VM&apos;s MAC %2, too; it does not run on the same bridge now.</source>
        <translation>%1 也使用虚拟机的 MAC %2；它现在没有运行在同一网桥上。</translation>
    </message>
    <message>
        <source>By the capture another machine speaks with the VM&apos;s MAC %1: its frames come in at %2, the VM&apos;s at %3.</source>
        <translation>抓包显示，另一台机器使用了虚拟机的 MAC %1：它的帧从 %2 进入，虚拟机的帧从 %3 进入。</translation>
    </message>
    <message>
        <source>The bridge has learned the VM&apos;s MAC %1 at %2, the VM is at %3.</source>
        <translation>网桥在 %2 学到了虚拟机的 MAC %1，而虚拟机在 %3。</translation>
    </message>
    <message>
        <source>By the capture %1 of %2 echo requests were sent out at %3 instead of %4.</source>
        <translation>抓包显示，%2 个回显请求中有 %1 个从 %3 发出，而不是从 %4。</translation>
    </message>
    <message>
        <source>The guest uses the MAC %1 on %2, the hypervisor gave it %3.</source>
        <translation>虚拟机在 %2 上使用 MAC %1，而虚拟化平台给它的是 %3。</translation>
    </message>
    <message>
        <source>%1 frames of %2 for %3 came in at %4</source>
        <translation>MAC %2（地址 %3）的 %1 个帧从 %4 进入</translation>
    </message>
    <message>
        <source>The VM&apos;s MAC %1 was seen at its own port only.</source>
        <translation>虚拟机的 MAC %1 只出现在它自己的端口上。</translation>
    </message>
    <message>
        <source>Where the VM&apos;s MAC %1 is was not seen.</source>
        <translation>没有看到虚拟机的 MAC %1 在哪里。</translation>
    </message>
    <message>
        <source>A capture on the ports of its bridge, or the bridge&apos;s forwarding table, would tell.</source>
        <translation>在其网桥的端口上抓包，或查看网桥的转发表，即可得知。</translation>
    </message>
    <message>
        <source>%1 is what plain QEMU gives every VM that is started without a MAC of its own.</source>
        <translation>单独运行的 QEMU 给每台启动时未指定 MAC 的虚拟机都用 %1。</translation>
    </message>
    <message>
        <source>VLAN %1</source>
        <translation>VLAN %1</translation>
    </message>
    <message>
        <source>untagged</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 位于 %2</translation>
    </message>
    <message>
        <source>%1: from the host %2, from the VM %3</source>
        <translation>%1：来自主机的帧 %2，来自虚拟机的帧 %3</translation>
    </message>
    <message>
        <source>router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>routers</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>The packets go round between %1 until their TTL runs out.</source>
        <translation>报文在 %1 之间打转，直到 TTL 耗尽。</translation>
    </message>
    <message>
        <source>Each of these routers takes the other for the way to the VM: one of their routes is wrong.</source>
        <translation>这些路由器都以为对方通往虚拟机：其中有一条路由是错的。</translation>
    </message>
    <message>
        <source>A full-sized TTL ran out as well: %1 says so of the ordinary pings.</source>
        <translation>正常大小的 TTL 也耗尽了：%1 对普通的 ping 也这样报告。</translation>
    </message>
    <message>
        <source>The TTL of the host&apos;s pings runs out at %1.</source>
        <translation>主机 ping 的 TTL 在 %1 处耗尽。</translation>
    </message>
    <message>
        <source>The VM is %1 hops away, and this host&apos;s packets start with a TTL of %2.</source>
        <translation>虚拟机在 %1 跳之外，而本机报文的初始 TTL 为 %2。</translation>
    </message>
    <message>
        <source>There are no hops to look at.</source>
        <translation>没有可查看的跳。</translation>
    </message>
    <message>
        <source>The VM is on this host&apos;s own link, and no reply came whose TTL would tell otherwise.</source>
        <translation>虚拟机在主机自己的直连链路上，也没有收到 TTL 与此不符的应答。</translation>
    </message>
    <message>
        <source>The VM is on this host&apos;s own link: its replies arrive with an untouched TTL of %1.</source>
        <translation>虚拟机在主机自己的直连链路上：其应答到达时 TTL 仍为 %1，没有减小。</translation>
    </message>
    <message>
        <source>The VM&apos;s replies arrive with a TTL of %1, which no system starts with.</source>
        <translation>虚拟机的应答到达时 TTL 为 %1，没有系统以它为初始值。</translation>
    </message>
    <message>
        <source>The VM should be on this host&apos;s own link, yet something on the way lowers or rewrites the TTL.</source>
        <translation>虚拟机应在主机自己的直连链路上，但途中有设备减小或改写了 TTL。</translation>
    </message>
    <message>
        <source>No router is on the way to the VM.</source>
        <translation>到虚拟机的途中没有路由器。</translation>
    </message>
    <message>
        <source>The VM is reached over %1 routers.</source>
        <translation>到达虚拟机要经过 %1 台路由器。</translation>
    </message>
    <message>
        <source>No router on the way answered.</source>
        <translation>途中没有路由器应答。</translation>
    </message>
    <message>
        <source>Routers may drop what asks for them; a capture further on would tell.</source>
        <translation>路由器可能丢弃这类探测报文；在更远处抓包即可得知。</translation>
    </message>
    <message>
        <source>%1 refuses to carry packets to the VM (ICMP %2/%3).</source>
        <translation>%1 拒绝向虚拟机转发报文（ICMP %2/%3）。</translation>
    </message>
    <message>
        <source>Behind %1 nobody answers.</source>
        <translation>在 %1 之后没有任何机器应答。</translation>
    </message>
    <message>
        <source>The next router or the VM itself is silent.</source>
        <translation>下一台路由器或虚拟机本身不应答。</translation>
    </message>
    <message>
        <source>Packets of up to %1 bytes arrive; larger ones vanish without an ICMP error.</source>
        <translation>不超过 %1 字节的报文能到达；更大的报文无声消失，没有 ICMP 差错报文。</translation>
    </message>
    <message>
        <source>A router on the way drops what is too big and keeps silent, or its ICMP error is filtered: TCP connections stall as soon as they carry data.</source>
        <translation>途中有路由器丢弃过大的报文且不告知，或其 ICMP 差错报文被过滤：TCP 连接一传送数据就会停滞。</translation>
    </message>
    <message>
        <source>%1 takes %2 bytes where this host sends %3: what is larger is dropped at its door.</source>
        <translation>本机发送 %3 字节的报文，而 %1 只接收 %2 字节：更大的报文会在其入口被丢弃。</translation>
    </message>
    <message>
        <source>On one link nobody says so: the receiver&apos;s interface has a smaller MTU than this host&apos;s.</source>
        <translation>在同一链路上没有设备会告知：接收方接口的 MTU 比本机的小。</translation>
    </message>
    <message>
        <source>The search for the path MTU was cut short: it is between %1 and %2 bytes.</source>
        <translation>路径 MTU 的探测被提前中止：它在 %1 到 %2 字节之间。</translation>
    </message>
    <message>
        <source>The path carries %1 bytes, and %2 says so to whoever sends more.</source>
        <translation>路径能传送 %1 字节的报文，%2 会告知发送更大报文的一方。</translation>
    </message>
    <message>
        <source>Packets of %1 bytes, the most this host sends, arrive whole.</source>
        <translation>%1 字节的报文（本机发送的最大报文）能完整到达。</translation>
    </message>
    <message>
        <source>The VM&apos;s %1 has an MTU of %2, this host&apos;s %3 one of %4: what the VM sends above that is lost.</source>
        <translation>虚拟机的 %1 的 MTU 为 %2，本机 %3 的 MTU 为 %4：虚拟机发出的更大报文会丢失。</translation>
    </message>
    <message>
        <source>The hops could not be traced.</source>
        <translation>无法逐跳探测。</translation>
    </message>
    <message>
        <source>No hops were traced.</source>
        <translation>没有逐跳探测。</translation>
    </message>
    <message>
        <source>The VM&apos;s address is not known, or this session is from before hops were traced.</source>
        <translation>不知道虚拟机的地址，或此会话保存时还没有逐跳探测。</translation>
    </message>
    <message>
        <source>This session is from before hops were traced.</source>
        <translation>此会话保存时还没有逐跳探测。</translation>
    </message>
    <message>
        <source>The path MTU was not probed.</source>
        <translation>没有探测路径 MTU。</translation>
    </message>
    <message>
        <source>No echo was measured, or this session is from before the path MTU was probed.</source>
        <translation>没有测量回显，或此会话保存时还没有路径 MTU 探测。</translation>
    </message>
    <message>
        <source>The path MTU could not be probed.</source>
        <translation>无法探测路径 MTU。</translation>
    </message>
    <message>
        <source>Small echoes that may not be fragmented were not answered either.</source>
        <translation>不允许分片的小回显请求也没有得到应答。</translation>
    </message>
    <message>
        <source>%1: the capture lost %2 frames for lack of room, so that what it did not see may have passed</source>
        <translation>%1：抓包因缓冲区不足丢了 %2 个帧，因此没有看到的报文也可能已经通过</translation>
    </message>
    <message>
        <source>as Linux, BSD and macOS begin</source>
        <translation>Linux、BSD 和 macOS 的初始值</translation>
    </message>
    <message>
        <source>as Windows begins</source>
        <translation>Windows 的初始值</translation>
    </message>
    <message>
        <source>as network devices begin</source>
        <translation>网络设备的初始值</translation>
    </message>
    <message>
        <source>TTL %1, no router on the way, %2</source>
        <translation>TTL %1，途中没有路由器（%2）</translation>
    </message>
    <message>
        <source>TTL %1, so %2 routers on the way from %3, %4</source>
        <translation>TTL %1，从 %3 算起途中有 %2 台路由器（%4）</translation>
    </message>
    <message>
        <source>seen by capture</source>
        <translation>抓包看到</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>seen by capture: port %1</source>
        <translation>抓包看到：端口 %1</translation>
    </message>
    <message>
        <source>seen by capture: the VM addresses %1</source>
        <translation>抓包看到：虚拟机发往 MAC %1</translation>
    </message>
    <message>
        <source>Small pings pass and large ones vanish without an ICMP error: only what limits the size of packets can be wrong.</source>
        <translation>小 ping 能通，大 ping 无声消失，没有 ICMP 差错报文：问题只可能出在限制报文大小的环节。</translation>
    </message>
    <message>
        <source>Changes that left no trace, and those before this run.</source>
        <translation>没有留下痕迹的变化，以及本次运行之前的变化。</translation>
    </message>
    <message>
        <source>Faults in firmware, and checksums of TCP and UDP, which a sender&apos;s card may fill in after the capture.</source>
        <translation>固件故障，以及 TCP 和 UDP 的校验和：发送方网卡可能在抓包之后才填写。</translation>
    </message>
    <message>
        <source>A twin on a host that nobody asked, or one that keeps silent.</source>
        <translation>在未被查询的主机上的重复 MAC，或持有者不发送报文的重复 MAC。</translation>
    </message>
    <message>
        <source>Who is in the right, and claims that nobody made while this program listened.</source>
        <translation>谁才是合法的持有者，以及本程序监听期间没有出现的声称。</translation>
    </message>
    <message>
        <source>Tags that a switch outside changes, and those of an end that sends nothing.</source>
        <translation>外部交换机改动的标签，以及不发送报文的一端所用的标签。</translation>
    </message>
    <message>
        <source>Ports that the VM did not try while this program captured.</source>
        <translation>本程序抓包期间虚拟机没有尝试的端口。</translation>
    </message>
    <message>
        <source>timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>the host&apos;s interface %1 came</source>
        <translation>主机的接口 %1 出现</translation>
    </message>
    <message>
        <source>the host&apos;s interface %1 went from %2 to %3</source>
        <translation>主机的接口 %1 从 %2 变为 %3</translation>
    </message>
    <message>
        <source>the MAC of the host&apos;s interface %1 changed</source>
        <translation>主机接口 %1 的 MAC 改变</translation>
    </message>
    <message>
        <source>the host&apos;s interface %1 went away</source>
        <translation>主机的接口 %1 消失</translation>
    </message>
    <message>
        <source>the host&apos;s neighbour entry for the VM went from %1 to %2</source>
        <translation>主机上虚拟机的邻居表项从 %1 变为 %2</translation>
    </message>
    <message>
        <source>the first echo request was sent, and answered</source>
        <translation>发出第一个回显请求，得到应答</translation>
    </message>
    <message>
        <source>the first echo request was sent, and not answered</source>
        <translation>发出第一个回显请求，没有得到应答</translation>
    </message>
    <message>
        <source>echo requests were answered from number %1 on</source>
        <translation>从第 %1 个起，回显请求得到应答</translation>
    </message>
    <message>
        <source>echo requests were not answered from number %1 on</source>
        <translation>从第 %1 个起，回显请求没有得到应答</translation>
    </message>
    <message>
        <source>capturing at %1 began</source>
        <translation>开始在 %1 抓包</translation>
    </message>
    <message>
        <source>the VM&apos;s address was heard from %1</source>
        <translation>首次看到 %1 使用虚拟机的地址</translation>
    </message>
    <message>
        <source>the VM&apos;s address was last heard from %1</source>
        <translation>最后一次看到 %1 使用虚拟机的地址</translation>
    </message>
    <message>
        <source>this run began</source>
        <translation>本次运行开始</translation>
    </message>
    <message>
        <source>the host&apos;s packet filter was changed</source>
        <translation>主机的包过滤被改动</translation>
    </message>
    <message>
        <source>the guest&apos;s packet filter was changed</source>
        <translation>虚拟机的包过滤被改动</translation>
    </message>
    <message>
        <source>this run ended</source>
        <translation>本次运行结束</translation>
    </message>
    <message>
        <source>When the fault began is not known: nothing that was read keeps when the VM was started, when its address was leased or when a rule was added.</source>
        <translation>不知道故障何时开始：所读取的内容都不记录虚拟机何时启动、其地址何时租得、规则何时添加。</translation>
    </message>
    <message>
        <source>Nothing was read twice or captured, so no change could show.</source>
        <translation>没有内容读取过两次，也没有抓包，因此看不出任何变化。</translation>
    </message>
    <message>
        <source>Nothing that was looked at changed while this run lasted.</source>
        <translation>在本次运行期间，所查看的内容没有变化。</translation>
    </message>
    <message>
        <source>While this run lasted: %1.</source>
        <translation>在本次运行期间：%1。</translation>
    </message>
    <message>
        <source>The captures hold none; start one in the VM while this program captures.</source>
        <translation>抓包中没有；请在本程序抓包期间从虚拟机中发起一次。</translation>
    </message>
    <message>
        <source>udp %1: answered</source>
        <translation>udp %1：有应答</translation>
    </message>
    <message>
        <source>udp %1: port unreachable, so the VM answers</source>
        <translation>udp %1：端口不可达，说明虚拟机有应答</translation>
    </message>
    <message>
        <source>udp %1: no answer</source>
        <translation>udp %1：无应答</translation>
    </message>
    <message>
        <source>the VM answered on UDP %1</source>
        <translation>虚拟机的 UDP %1 有应答</translation>
    </message>
    <message>
        <source>the VM&apos;s UDP %1 is closed, and it says so</source>
        <translation>虚拟机的 UDP %1 已关闭，并告知了这一点</translation>
    </message>
    <message>
        <source>no answer from the VM&apos;s UDP %1</source>
        <translation>虚拟机的 UDP %1 无应答</translation>
    </message>
    <message>
        <source>the host answered the VM on UDP %1</source>
        <translation>主机的 UDP %1 应答了虚拟机</translation>
    </message>
    <message>
        <source>the host&apos;s UDP %1 is closed, and it says so</source>
        <translation>主机的 UDP %1 已关闭，并告知了这一点</translation>
    </message>
    <message>
        <source>no answer from the host&apos;s UDP %1</source>
        <translation>主机的 UDP %1 无应答</translation>
    </message>
    <message>
        <source>A UDP port that is silent may be open, closed or filtered: most services answer only what they understand.</source>
        <translation>无响应的 UDP 端口可能开放、关闭或被过滤：大多数服务只应答自己能理解的报文。</translation>
    </message>
    <message>
        <source>No TCP connection of the VM to this host was seen.</source>
        <translation>没有看到虚拟机到主机的 TCP 连接。</translation>
    </message>
    <message>
        <source>The host refused the VM&apos;s TCP connection to port %1, so packets pass both ways.</source>
        <translation>主机拒绝了虚拟机到端口 %1 的 TCP 连接，因此报文双向都能通过。</translation>
    </message>
    <message>
        <source>The host answered the VM&apos;s TCP connection to port %1, so packets pass both ways.</source>
        <translation>主机应答了虚拟机到端口 %1 的 TCP 连接，因此报文双向都能通过。</translation>
    </message>
    <message>
        <source>The VM&apos;s TCP connections to port %1 of the host got no answer.</source>
        <translation>虚拟机到主机端口 %1 的 TCP 连接没有得到应答。</translation>
    </message>
    <message>
        <source>By the capture the VM&apos;s TCP SYN came in at the host, and the host&apos;s stack gave no answer.</source>
        <translation>抓包显示，虚拟机的 TCP SYN 到达了主机，而主机的协议栈没有应答。</translation>
    </message>
    <message>
        <source>No UDP between host and VM was probed or seen.</source>
        <translation>没有探测或看到主机与虚拟机之间的 UDP。</translation>
    </message>
    <message>
        <source>The VM answers UDP, if only to say that a port is closed.</source>
        <translation>虚拟机对 UDP 有应答，哪怕只是告知端口已关闭。</translation>
    </message>
    <message>
        <source>By the capture the VM answers UDP, if only to say that a port is closed.</source>
        <translation>抓包显示，虚拟机对 UDP 有应答，哪怕只是告知端口已关闭。</translation>
    </message>
    <message>
        <source>The guest&apos;s interface %1 is one of a VLAN.</source>
        <translation>虚拟机的接口 %1 是 VLAN 接口。</translation>
    </message>
    <message>
        <source>The guest&apos;s interface %1 is no VLAN&apos;s.</source>
        <translation>虚拟机的接口 %1 不是 VLAN 接口。</translation>
    </message>
    <message>
        <source>No frame was captured, so no tag was seen.</source>
        <translation>没有抓到任何帧，因此没有看到标签。</translation>
    </message>
    <message>
        <source>No frame between host and VM was captured at the VM&apos;s port.</source>
        <translation>在虚拟机的端口上没有抓到主机与虚拟机之间的帧。</translation>
    </message>
    <message>
        <source>Which port is the VM&apos;s must be known, and one of the two must send something.</source>
        <translation>需要知道哪个端口是虚拟机的，而且两端中至少有一端要发送报文。</translation>
    </message>
    <message>
        <source>%1: to the VM %2; from the VM %3</source>
        <translation>%1：发往虚拟机 %2；来自虚拟机 %3</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Only one direction&apos;s frames were captured at %1.</source>
        <translation>在 %1 只抓到一个方向的帧。</translation>
    </message>
    <message>
        <source>What tags the other end uses is not known: read the guest, or let it send a ping.</source>
        <translation>不知道另一端使用什么标签：请读取虚拟机，或让它发一个 ping。</translation>
    </message>
    <message>
        <source>Host and VM use the same tags at %1: %2.</source>
        <translation>主机和虚拟机在 %1 使用相同的标签：%2。</translation>
    </message>
    <message>
        <source>No frame of host or VM carries a VLAN tag.</source>
        <translation>主机和虚拟机的帧都不带 VLAN 标签。</translation>
    </message>
    <message>
        <source>What is sent to the VM at %1 is %2, what the VM uses is %3.</source>
        <translation>在 %1 处，发往虚拟机的帧为 %2，而虚拟机使用的是 %3。</translation>
    </message>
    <message>
        <source>Packets of %1 bytes were not answered, and of smaller ones nothing is known.</source>
        <translation>%1 字节的数据包没有得到应答，更小的数据包则情况不明。</translation>
    </message>
    <message>
        <source>, a port of %1</source>
        <translation>，%1 的一个端口</translation>
    </message>
    <message>
        <source>%1 is not in %2</source>
        <translation>%1 不在 %2 中</translation>
    </message>
    <message>
        <source>The VM is reached through a router, so the two need not share a subnet.</source>
        <translation>虚拟机经路由器到达，因此两者不必在同一子网。</translation>
    </message>
    <message>
        <source>The kernel refuses to send, and of its rules only this one could not be evaluated: %1</source>
        <translation>内核拒绝发送，而其规则中只有这一条无法求值：%1</translation>
    </message>
    <message>
        <source>the host&apos;s echo request</source>
        <translation>主机的回显请求</translation>
    </message>
    <message>
        <source>the reply to the host&apos;s echo request</source>
        <translation>对主机回显请求的应答</translation>
    </message>
    <message>
        <source>the VM&apos;s echo request</source>
        <translation>虚拟机的回显请求</translation>
    </message>
    <message>
        <source>the reply to the VM&apos;s echo request</source>
        <translation>对虚拟机回显请求的应答</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>the way of the packet</source>
        <translation>数据包的路径</translation>
    </message>
    <message>
        <source>Not evaluated: %1.</source>
        <translation>未求值：%1。</translation>
    </message>
    <message>
        <source>A program sees the packets at a port of the host: %1.</source>
        <translation>主机的一个端口上有程序先看到数据包：%1。</translation>
    </message>
    <message>
        <source>The host&apos;s connection table was not read.</source>
        <translation>未读取主机的连接跟踪表。</translation>
    </message>
    <message>
        <source>%1 of %2 entries of the host&apos;s connection table are taken.</source>
        <translation>主机连接跟踪表已用 %1 项，共 %2 项。</translation>
    </message>
    <message>
        <source>One way only: the host can ping the VM, and the VM cannot ping the host.</source>
        <translation>单向：主机能 ping 通虚拟机，虚拟机 ping 不通主机。</translation>
    </message>
    <message>
        <source>The host&apos;s ping of the VM is answered while the VM&apos;s ping of the host is not.</source>
        <translation>主机 ping 虚拟机有应答，虚拟机 ping 主机没有应答。</translation>
    </message>
    <message>
        <source>The host sends to the VM through %1, a port of %2, past the bridge itself.</source>
        <translation>主机经 %2 的端口 %1 向虚拟机发送，绕过了网桥自身。</translation>
    </message>
    <message>
        <source>The guest throws its packets to the host&apos;s address %1 away.</source>
        <translation>客户机丢弃发往主机地址 %1 的数据包。</translation>
    </message>
    <message>
        <source>Both ends have a route to the other&apos;s link for each of the packets.</source>
        <translation>两端对每个数据包都有通往对方链路的路由。</translation>
    </message>
    <message>
        <source>No program of tc or XDP is at the interfaces that the packets pass.</source>
        <translation>数据包经过的接口上没有 tc 或 XDP 程序。</translation>
    </message>
    <message>
        <source>The guest translates none of the packets to another machine.</source>
        <translation>客户机没有把任何数据包转换到另一台机器。</translation>
    </message>
    <message>
        <source>The host translates none of the packets to another machine.</source>
        <translation>主机没有把任何数据包转换到另一台机器。</translation>
    </message>
</context>
<context>
    <name>cli</name>
    <message>
        <source>--ports: “%1” is no port number (1 to 65535).</source>
        <translation>--ports：“%1”不是端口号（1 到 65535）。</translation>
    </message>
    <message>
        <source>--ports: at most 64 ports.</source>
        <translation>--ports：最多 64 个端口。</translation>
    </message>
    <message>
        <source>--only: there is no check “%1”; `bothways-cli list checks` names them.</source>
        <translation>--only：没有检查“%1”；`bothways-cli list checks` 会列出它们。</translation>
    </message>
    <message>
        <source>--guest-report: “%1” is larger than 16 MiB.</source>
        <translation>--guest-report：“%1”大于 16 MiB。</translation>
    </message>
    <message>
        <source>--guest-report: “%1” is empty.</source>
        <translation>--guest-report：“%1”是空的。</translation>
    </message>
    <message>
        <source>--host-address: “%1” is no IPv4 or IPv6 address.</source>
        <translation>--host-address：“%1”不是 IPv4 或 IPv6 地址。</translation>
    </message>
    <message>
        <source>--demo: there is no recorded case “%1”; `bothways-cli list demos` names them.</source>
        <translation>--demo：没有录制的案例“%1”；`bothways-cli list demos` 会列出它们。</translation>
    </message>
    <message>
        <source>Interrupted; what was measured until then is shown and written.</source>
        <translation>已中断；此前测得的数据会照常显示并写出。</translation>
    </message>
    <message>
        <source>The hypervisor knows no VM.</source>
        <translation>虚拟化平台上没有虚拟机。</translation>
    </message>
    <message>
        <source>(not built in this version)</source>
        <translation>（此版本尚未实现）</translation>
    </message>
    <message>
        <source>“%1” is no code or message that is known here. Examples: 11010, 10013, EHOSTUNREACH, 113, icmp 3/13, “Destination Host Unreachable”.</source>
        <translation>“%1”不是这里已知的代码或消息。示例：11010、10013、EHOSTUNREACH、113、icmp 3/13、“Destination Host Unreachable”。</translation>
    </message>
    <message>
        <source>Looking for the VM…</source>
        <translation>正在查找虚拟机…</translation>
    </message>
    <message>
        <source>Reading the guest through %1…</source>
        <translation>正在通过 %1 读取虚拟机…</translation>
    </message>
    <message>
        <source>Pinging the VM…</source>
        <translation>正在 ping 虚拟机…</translation>
    </message>
    <message>
        <source>Reading this host…</source>
        <translation>正在读取本机…</translation>
    </message>
    <message>
        <source>an IPv4 or IPv6 address</source>
        <translation>IPv4 或 IPv6 地址</translation>
    </message>
    <message>
        <source>the name of an interface, at most 15 characters</source>
        <translation>接口名，最多 15 个字符</translation>
    </message>
    <message>
        <source>a MAC address</source>
        <translation>MAC 地址</translation>
    </message>
    <message>
        <source>a name such as echo-request, or a number up to 255</source>
        <translation>名称（如 echo-request），或不大于 255 的数字</translation>
    </message>
    <message>
        <source>--packet: “%1” is no key=value.</source>
        <translation>--packet：“%1”不是“键=值”。</translation>
    </message>
    <message>
        <source>--packet: there is no key “%1”. Keys: %2</source>
        <translation>--packet：没有键“%1”。可用的键：%2</translation>
    </message>
    <message>
        <source>--packet: “%1” is given twice.</source>
        <translation>--packet：“%1”给了两次。</translation>
    </message>
    <message>
        <source>--packet: %1: “%2” is none of these: %3.</source>
        <translation>--packet：%1 的值“%2”无效，应为：%3。</translation>
    </message>
    <message>
        <source>--packet: “%1” is missing.</source>
        <translation>--packet：缺少“%1”。</translation>
    </message>
    <message>
        <source>--packet: “%1” does not go with “%2”.</source>
        <translation>--packet：“%1”与“%2”矛盾。</translation>
    </message>
    <message>
        <source>--packet: longer than any packet.</source>
        <translation>--packet：过长，不可能是一个报文。</translation>
    </message>
    <message>
        <source>--rules: cannot read “%1”: %2</source>
        <translation>--rules：无法读取“%1”：%2</translation>
    </message>
    <message>
        <source>--rules: “%1” is compressed, and damaged or larger than 64 MiB.</source>
        <translation>--rules：“%1”是压缩文件，但已损坏或大于 64 MiB。</translation>
    </message>
    <message>
        <source>--rules: “%1” is larger than 64 MiB.</source>
        <translation>--rules：“%1”大于 64 MiB。</translation>
    </message>
    <message>
        <source>--rules: “%1” is %2, which this version cannot evaluate.</source>
        <translation>--rules：“%1”是 %2，此版本无法对其求值。</translation>
    </message>
    <message>
        <source>--rules: “%1” could not be understood at %2: %3.</source>
        <translation>--rules：无法理解“%1”（位置 %2）：%3。</translation>
    </message>
    <message>
        <source>--rules-format: give it once, or once for each --rules.</source>
        <translation>--rules-format：只给一次，或每个 --rules 各给一次。</translation>
    </message>
    <message>
        <source>%1, zone %2</source>
        <translation>%1，区域 %2</translation>
    </message>
    <message>
        <source>The packet passes this hook.</source>
        <translation>报文通过此挂载点。</translation>
    </message>
    <message>
        <source>The packet is dropped.</source>
        <translation>报文被丢弃。</translation>
    </message>
    <message>
        <source>The packet is rejected: its sender is told.</source>
        <translation>报文被拒绝，并告知发送方。</translation>
    </message>
    <message>
        <source>Undecided: the packet is handed to a program, which decides.</source>
        <translation>未定：报文交给一个程序，由它决定。</translation>
    </message>
    <message>
        <source>Undecided: it depends on what could not be evaluated.</source>
        <translation>未定：取决于无法求值的部分。</translation>
    </message>
    <message>
        <source>The packet does not pass; how it is stopped depends on what could not be evaluated.</source>
        <translation>报文不会通过；以何种方式被拦下，取决于无法求值的部分。</translation>
    </message>
    <message>
        <source>No chain hangs at this hook for such a packet.</source>
        <translation>此挂载点上没有处理这类报文的链。</translation>
    </message>
    <message>
        <source>Decided by a chain&apos;s policy: %1</source>
        <translation>由链的默认策略决定：%1</translation>
    </message>
    <message>
        <source>Decided by the rule: %1</source>
        <translation>由这条规则决定：%1</translation>
    </message>
    <message>
        <source>Owner: no program is known to write such a rule there.</source>
        <translation>来源：没有已知的程序会在那里写这样的规则。</translation>
    </message>
    <message>
        <source>What matched: %1</source>
        <translation>匹配的字段：%1</translation>
    </message>
    <message>
        <source>By the content of the set: %1</source>
        <translation>依据集合的内容：%1</translation>
    </message>
    <message>
        <source>Rules that matched, in order:</source>
        <translation>依次匹配的规则：</translation>
    </message>
    <message>
        <source>What could not be evaluated:</source>
        <translation>无法求值的部分：</translation>
    </message>
    <message>
        <source>Taken for not used up:</source>
        <translation>假定尚未用尽：</translation>
    </message>
    <message>
        <source>If that were gone, these would stop it too:</source>
        <translation>即使去掉它，仍会被下列各项拦下：</translation>
    </message>
    <message>
        <source>The smallest change that lets exactly this packet pass:</source>
        <translation>恰好放行这个报文的最小改动：</translation>
    </message>
    <message>
        <source>--guest-report: cannot read “%1”: %2.</source>
        <translation>--guest-report：无法读取“%1”：%2。</translation>
    </message>
    <message>
        <source>Cannot write “%1”: %2.</source>
        <translation>无法写入“%1”：%2。</translation>
    </message>
    <message>
        <source>Keys of the packet: %1
What is not given is as in a packet of a plain ping or connect; src and dst must be given.
Exit status: 0 accepted, 1 dropped or rejected, 2 wrong use, 3 undecided, or the rules could not be read.
Example: nft -j list ruleset | bothways-cli walk --rules - --hook input \
    --packet &apos;src=192.168.122.1 dst=192.168.122.10 proto=icmp type=echo-request iif=eth0&apos;</source>
        <translation>报文的键：%1
未给出的键按普通 ping 或连接的报文取值；src 和 dst 必须给出。
退出状态：0 放行，1 丢弃或拒绝，2 用法错误，3 无法判定或无法读取规则。
示例：nft -j list ruleset | bothways-cli walk --rules - --hook input \
    --packet &apos;src=192.168.122.1 dst=192.168.122.10 proto=icmp type=echo-request iif=eth0&apos;</translation>
    </message>
    <message>
        <source>The verdict is certain, not the rule: it may also be another one, which depends on something that could not be evaluated.</source>
        <translation>结论是确定的，规则则不然：也可能是另一条规则，这取决于无法判定的内容。</translation>
    </message>
    <message>
        <source>%1 packets</source>
        <translation>%1 个报文</translation>
    </message>
    <message>
        <source>%1, %2, %3 s left</source>
        <translation>%1，%2，还剩 %3 秒</translation>
    </message>
    <message>
        <source>A question counts as unanswered if no answer came within a minute.
Exit status: 0 all questions were answered, 1 some were not or two own one address, 2 wrong use or no capture file, 3 the file is damaged or cut off (what stands before is shown), 130 interrupted.</source>
        <translation>一分钟内没有应答的请求算作未应答。
退出状态：0 所有请求都得到应答；1 有请求未得到应答，或两台设备占用同一地址；2 用法错误或不是抓包文件；3 文件损坏或被截断（显示此前的内容）；130 被中断。</translation>
    </message>
    <message>
        <source>file: “%1” cannot be read as a capture: %2.</source>
        <translation>file：无法把“%1”当作抓包文件读取：%2。</translation>
    </message>
    <message>
        <source>Interrupted; what was read until then is shown.</source>
        <translation>已中断；显示此前读到的内容。</translation>
    </message>
    <message>
        <source>file: “%1”: %2. What stands before is shown.</source>
        <translation>file：“%1”：%2。显示此前的内容。</translation>
    </message>
    <message>
        <source>min %1, avg %2, max %3</source>
        <translation>最小 %1，平均 %2，最大 %3</translation>
    </message>
    <message>
        <source>%1 asked again or captured twice</source>
        <translation>%1 个重发或被抓到两次</translation>
    </message>
    <message>
        <source>%1 further answers</source>
        <translation>%1 个重复应答</translation>
    </message>
    <message>
        <source>%1 answers without a question</source>
        <translation>%1 个应答找不到对应请求</translation>
    </message>
    <message>
        <source>%1 in the last second, which cannot be told</source>
        <translation>%1 个在最后一秒内发出，无法判断</translation>
    </message>
    <message>
        <source>%1 not followed for lack of room</source>
        <translation>%1 个因表已满而未跟踪</translation>
    </message>
    <message>
        <source>%1: %2 asked, %3 answered</source>
        <translation>%1：请求 %2 个，应答 %3 个</translation>
    </message>
    <message>
        <source>, %1 unanswered (%2)</source>
        <translation>，未应答 %1 个（%2）</translation>
    </message>
    <message>
        <source>%1 refused</source>
        <translation>%1 个被拒绝</translation>
    </message>
    <message>
        <source>%1 rejected by an ICMP error</source>
        <translation>%1 个收到 ICMP 差错</translation>
    </message>
    <message>
        <source>%1 without any answer</source>
        <translation>%1 个没有任何应答</translation>
    </message>
    <message>
        <source>%1 (%2): %3 packets, %4 bytes</source>
        <translation>%1（%2）：%3 个报文，%4 字节</translation>
    </message>
    <message>
        <source>%1 s from %2 on</source>
        <translation>共 %1 秒，始于 %2</translation>
    </message>
    <message>
        <source>%1 fragments</source>
        <translation>%1 个分片</translation>
    </message>
    <message>
        <source>%1 malformed</source>
        <translation>%1 个格式错误</translation>
    </message>
    <message>
        <source>%1 cut off by the capture</source>
        <translation>%1 个被抓包截短</translation>
    </message>
    <message>
        <source>%1 of an unknown link type</source>
        <translation>%1 个链路类型未知</translation>
    </message>
    <message>
        <source>%1 with a time before the one in front of it</source>
        <translation>%1 个的时间早于前一个报文</translation>
    </message>
    <message>
        <source>VLAN tags (packets): %1</source>
        <translation>VLAN 标签（报文数）：%1</translation>
    </message>
    <message>
        <source>ICMP errors:</source>
        <translation>ICMP 差错：</translation>
    </message>
    <message>
        <source>  %1: %2, first from %3 about %4 → %5%6</source>
        <translation>  %1：%2 个，首个来自 %3，关于 %4 → %5%6</translation>
    </message>
    <message>
        <source>, MTU %1</source>
        <translation>，MTU %1</translation>
    </message>
    <message>
        <source>%1 has more than one owner: %2</source>
        <translation>%1 被多台设备占用：%2</translation>
    </message>
    <message>
        <source>Nobody answers for: %1</source>
        <translation>无人应答的地址：%1</translation>
    </message>
    <message>
        <source>  %1 → %2: %3 packets, %4 bytes</source>
        <translation>  %1 → %2：%3 个报文，%4 字节</translation>
    </message>
    <message>
        <source>%1 ICMP errors about its packets</source>
        <translation>%1 个关于其报文的 ICMP 差错</translation>
    </message>
    <message>
        <source>Pairs of addresses (%1 of %2, the ones with failures first):</source>
        <translation>地址对（显示 %2 个中的 %1 个，有失败的在前）：</translation>
    </message>
    <message>
        <source>Too many pairs of addresses: %1 packets are only in the totals.</source>
        <translation>地址对过多：%1 个报文只计入总数。</translation>
    </message>
    <message>
        <source>Too many addresses on the link: %1 of ARP or neighbour discovery are only in the totals.</source>
        <translation>链路上的地址过多：%1 个 ARP 或邻居发现报文只计入总数。</translation>
    </message>
    <message>
        <source>Too many kinds of ICMP errors: %1 are left out.</source>
        <translation>ICMP 差错种类过多：略去 %1 个。</translation>
    </message>
    <message>
        <source>Pings</source>
        <translation>ping 请求</translation>
    </message>
    <message>
        <source>TCP connections</source>
        <translation>TCP 连接</translation>
    </message>
    <message>
        <source>Neighbour discovery</source>
        <translation>邻居发现</translation>
    </message>
    <message>
        <source>file: “%1” has no frame that can be decoded.</source>
        <translation>file：“%1”中没有可解码的帧。</translation>
    </message>
    <message>
        <source>--capture: %1</source>
        <translation>--capture：%1</translation>
    </message>
    <message>
        <source>Waiting for the VM&apos;s ping. Run this in the VM now: %1</source>
        <translation>正在等待虚拟机的 ping。请现在在虚拟机中运行：%1</translation>
    </message>
    <message>
        <source>Reading the captures…</source>
        <translation>正在读取抓包…</translation>
    </message>
    <message>
        <source>%1 of %2 addresses decided, %3 answer</source>
        <translation>%2 个地址中有 %1 个已有结果，%3 个有应答</translation>
    </message>
    <message>
        <source>Of an IPv4 prefix up to /30 the network and the broadcast address are left out. An answer counts within 0.9 seconds.
Exit status: 0 measured, whoever answered, 2 wrong use, 3 could not measure, 130 interrupted (what was measured is shown).</source>
        <translation>对前缀长度不超过 30 的 IPv4 前缀，略去网络地址和广播地址。0.9 秒内的应答才算数。
退出状态：0 已测量（无论有谁应答）；2 用法错误；3 无法测量；130 被中断（显示已测得的结果）。</translation>
    </message>
    <message>
        <source>Interrupted; what was measured until then is shown.</source>
        <translation>已中断；显示此前测得的结果。</translation>
    </message>
    <message>
        <source>No request could be sent to any address.</source>
        <translation>无法向任何地址发出请求。</translation>
    </message>
    <message>
        <source>ICMP %1</source>
        <translation>ICMP %1</translation>
    </message>
    <message>
        <source>no ICMP answer</source>
        <translation>无 ICMP 应答</translation>
    </message>
    <message>
        <source>ARP %1 on %2</source>
        <translation>ARP %1，%2 上</translation>
    </message>
    <message>
        <source>%1 of %2 addresses answer ICMP echo</source>
        <translation>%2 个地址中有 %1 个应答 ICMP 回显</translation>
    </message>
    <message>
        <source>%1 of %2 on our links are owned by somebody</source>
        <translation>直连链路上的 %2 个地址中有 %1 个有机器持有</translation>
    </message>
    <message>
        <source>%1 were not decided</source>
        <translation>%1 个没有结果</translation>
    </message>
    <message>
        <source>Series: %1</source>
        <translation>序列：%1</translation>
    </message>
    <message>
        <source>--replay: %1</source>
        <translation>--replay：%1</translation>
    </message>
    <message>
        <source>%1 damaged records were left out.</source>
        <translation>略过了 %1 条损坏的记录。</translation>
    </message>
    <message>
        <source>Every sample is appended to the series before it is shown; a program that is killed loses at most the one that it was writing. What earlier runs measured teaches what is usual.
Exit status: 0 no alert, 1 an alert was raised, 2 wrong use, 3 could not measure, 130 interrupted (everything is written).</source>
        <translation>每个样本先追加到序列，再显示；程序被强行终止时，最多丢失正在写的那一条。以前各次的测量用来学习什么是常态。
退出状态：0 没有告警，1 出现过告警，2 用法错误，3 无法测量，130 被中断（全部已写入）。</translation>
    </message>
    <message>
        <source>not over yet</source>
        <translation>尚未结束</translation>
    </message>
    <message>
        <source>%1 %2 of the last %3, last %4</source>
        <translation>最近 %3 个中%1 %2，最后 %4</translation>
    </message>
    <message>
        <source>from</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>five minutes are</source>
        <translation>这五分钟</translation>
    </message>
    <message>
        <source>Pings: %1 asked, %2 lost. TCP handshakes: %3 tried, %4 failed. Alerts: %5.</source>
        <translation>ping：发出 %1 个，丢失 %2 个。TCP 握手：尝试 %3 次，失败 %4 次。告警：%5 次。</translation>
    </message>
    <message>
        <source>%1 connections were refused by ports that were never open; they do not count.</source>
        <translation>有 %1 个连接被从未开放的端口拒绝；不计入。</translation>
    </message>
    <message>
        <source>What could not be read in one of the two is not compared, and is named.
Exit status: 0 no difference in what could be compared, 1 differences, 2 wrong use, 3 a file could not be written.</source>
        <translation>其中一个会话未能读取的内容不作比较，并会指明。
退出状态：0 能比较的内容没有差异，1 有差异，2 用法错误，3 有文件无法写入。</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>--rules: there are no rules in “%1”.</source>
        <translation>--rules：“%1”里没有规则。</translation>
    </message>
    <message>
        <source>--rules: “%1” is in no format that is known here, from line %2 on; --rules-format names it.</source>
        <translation>--rules：从第 %2 行起认不出“%1”的格式；请用 --rules-format 指明。</translation>
    </message>
    <message>
        <source>--rules: “%1”, from line %2 on, may be of %3, and nothing in it tells which; --rules-format names it.</source>
        <translation>--rules：“%1”从第 %2 行起可能是 %3，内容分不出是哪一种；请用 --rules-format 指明。</translation>
    </message>
    <message>
        <source>--rules: “%1” could not be understood in line %2, column %3: %4: %5</source>
        <translation>--rules：无法理解“%1”第 %2 行第 %3 列：%4：%5</translation>
    </message>
    <message>
        <source>Undecided: what was given is not all that judges such a packet.</source>
        <translation>无法判定：所给的规则不是判决此类报文的全部。</translation>
    </message>
    <message>
        <source>What is missing:</source>
        <translation>缺少的部分：</translation>
    </message>
    <message>
        <source>--vm: “%1” %2.</source>
        <translation>--vm：“%1”%2。</translation>
    </message>
    <message>
        <source>Standard output could not be written: %1.</source>
        <translation>无法写入标准输出：%1。</translation>
    </message>
    <message>
        <source>the series “%1” cannot be read again</source>
        <translation>无法再次读取序列“%1”</translation>
    </message>
    <message>
        <source>--script: nothing is proposed that could be written as a script.</source>
        <translation>--script：没有可写成脚本的修复办法。</translation>
    </message>
    <message>
        <source>--script: %1</source>
        <translation>--script：%1</translation>
    </message>
    <message>
        <source>--pdf: %1.</source>
        <translation>--pdf：%1。</translation>
    </message>
    <message>
        <source>this build was made without Qt’s fonts and cannot print</source>
        <translation>此构建不含 Qt 的字体支持，无法打印</translation>
    </message>
    <message>
        <source>the program that prints ended early</source>
        <translation>打印程序提前结束</translation>
    </message>
</context>
<context>
    <name>collect</name>
    <message>
        <source>The kernel did not answer in time.</source>
        <translation>内核没有及时应答。</translation>
    </message>
    <message>
        <source>The table changed each time while it was being read.</source>
        <translation>每次读取期间表都发生了变化。</translation>
    </message>
    <message>
        <source>The table has more than %1 entries, which is more than is read.</source>
        <translation>该表的条目多于 %1 条，超出读取上限。</translation>
    </message>
    <message>
        <source>The kernel answered: %1.</source>
        <translation>内核的应答：%1。</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>无法读取 %1：%2。</translation>
    </message>
    <message>
        <source>Connection tracking is not loaded in this kernel.</source>
        <translation>此内核没有加载连接跟踪。</translation>
    </message>
    <message>
        <source>%1 could not be started: %2.</source>
        <translation>无法启动 %1：%2。</translation>
    </message>
    <message>
        <source>%1 did not finish in time.</source>
        <translation>%1 没有及时结束。</translation>
    </message>
    <message>
        <source>%1 printed more than is read.</source>
        <translation>%1 的输出超出读取上限。</translation>
    </message>
    <message>
        <source>%1 was ended by signal %2.</source>
        <translation>%1 被信号 %2 终止。</translation>
    </message>
    <message>
        <source>A route to %1 cannot start at %2: the addresses are of different families.</source>
        <translation>到 %1 的路由不能以 %2 为源地址：两个地址的地址族不同。</translation>
    </message>
    <message>
        <source>libnftables could not be started.</source>
        <translation>无法启动 libnftables。</translation>
    </message>
    <message>
        <source>libnftables could not list the rules: %1</source>
        <translation>libnftables 无法列出规则：%1</translation>
    </message>
    <message>
        <source>The nftables ruleset is larger than is read.</source>
        <translation>nftables 规则集超出读取上限。</translation>
    </message>
    <message>
        <source>Reading nftables rules needs the capability CAP_NET_ADMIN.</source>
        <translation>读取 nftables 规则需要 CAP_NET_ADMIN 权能。</translation>
    </message>
    <message>
        <source>This kernel has no nftables.</source>
        <translation>此内核没有 nftables。</translation>
    </message>
    <message>
        <source>There are rules that only %1 can read, and it is not installed.</source>
        <translation>有些规则只有 %1 能读取，而它没有安装。</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1 失败：%2</translation>
    </message>
    <message>
        <source>Whether there are %1 rules can only be read as root.</source>
        <translation>只有 root 才能读出是否存在 %1 规则。</translation>
    </message>
    <message>
        <source>There is no table of %1 here.</source>
        <translation>这里没有 %1 的表。</translation>
    </message>
    <message>
        <source>No setting below %1 could be read.</source>
        <translation>%1 之下没有可读取的设置。</translation>
    </message>
    <message>
        <source>There are tables of ebtables-legacy; they are not read in this version.</source>
        <translation>存在 ebtables-legacy 的表；此版本不读取它们。</translation>
    </message>
    <message>
        <source>There are rules of %1, and only root can list what they match: the helper runs no programs.</source>
        <translation>存在 %1 的规则，只有 root 能列出其匹配条件：辅助程序不运行其他程序。</translation>
    </message>
</context>
<context>
    <name>comparison</name>
    <message>
        <source>These are two different VMs, %1 and %2: what differs between them need not have changed.</source>
        <translation>这是两台不同的虚拟机（%1 和 %2）：两者之间的差异未必是发生了变化。</translation>
    </message>
    <message>
        <source>They were measured on two different hosts, %1 and %2.</source>
        <translation>两次测量在两台不同的主机上进行：%1 和 %2。</translation>
    </message>
    <message>
        <source>The second session is older than the first: they may be in the wrong order.</source>
        <translation>第二个会话比第一个更早：顺序可能颠倒了。</translation>
    </message>
    <message>
        <source>The first session was stopped before its end.</source>
        <translation>第一个会话在结束前被停止。</translation>
    </message>
    <message>
        <source>The second session was stopped before its end.</source>
        <translation>第二个会话在结束前被停止。</translation>
    </message>
    <message>
        <source>The VM&apos;s side was read in two ways, which may tell different things: %1 and %2.</source>
        <translation>虚拟机一侧以两种不同的方式读取，所得内容可能不同：%1 和 %2。</translation>
    </message>
    <message>
        <source>They were recorded by two versions of the program, %1 and %2.</source>
        <translation>它们由本程序的两个不同版本录制：%1 和 %2。</translation>
    </message>
    <message>
        <source>Causes</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Could be judged in only one of the two, so not compared: %1.</source>
        <translation>只在两个会话之一中能够判定，因此未作比较：%1。</translation>
    </message>
    <message>
        <source>it was not asked for</source>
        <translation>没有要求读取</translation>
    </message>
    <message>
        <source>the rights did not reach it</source>
        <translation>权限不足</translation>
    </message>
    <message>
        <source>reading it failed</source>
        <translation>读取失败</translation>
    </message>
    <message>
        <source>there was no answer in time</source>
        <translation>未在时限内得到应答</translation>
    </message>
    <message>
        <source>in the first session</source>
        <translation>第一个会话中</translation>
    </message>
    <message>
        <source>in the second session</source>
        <translation>第二个会话中</translation>
    </message>
    <message>
        <source>Cannot be compared; %1</source>
        <translation>无法比较；%1</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>VM</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>测量所在主机</translation>
    </message>
    <message>
        <source>Started (UTC)</source>
        <translation>开始时间（UTC）</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Score over what was measured both times</source>
        <translation>评分（按两次都测量了的项目计算）</translation>
    </message>
    <message>
        <source>Dimension</source>
        <translation>维度</translation>
    </message>
    <message>
        <source>Loss and round trips</source>
        <translation>丢包与往返时间</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Further differences, not shown: %1.</source>
        <translation>另有 %1 处差异未显示。</translation>
    </message>
    <message>
        <source>What is different</source>
        <translation>有差异的内容</translation>
    </message>
    <message>
        <source>What could not be compared</source>
        <translation>无法比较的内容</translation>
    </message>
    <message>
        <source>What is the same</source>
        <translation>相同的内容</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 of %2 lost (%3 to %4)</source>
        <translation>%2 个中丢失 %1 个（%3 到 %4）</translation>
    </message>
    <message>
        <source>no round trip was timed</source>
        <translation>没有测得往返时间</translation>
    </message>
    <message>
        <source>%1, the median of %2</source>
        <translation>%1，%2 个的中位数</translation>
    </message>
    <message>
        <source>With so few samples even the clearest difference could be chance (%1).</source>
        <translation>样本这样少，再明显的差异也可能出于偶然（%1）。</translation>
    </message>
    <message>
        <source>Not distinguishable: a difference like this may well be chance (%1, p %2).</source>
        <translation>无法区分：这样的差异很可能出于偶然（%1，p %2）。</translation>
    </message>
    <message>
        <source>Fisher&apos;s exact test</source>
        <translation>Fisher 精确检验</translation>
    </message>
    <message>
        <source>Fewer are lost (%1, p %2).</source>
        <translation>丢包减少（%1，p %2）。</translation>
    </message>
    <message>
        <source>More are lost (%1, p %2).</source>
        <translation>丢包增多（%1，p %2）。</translation>
    </message>
    <message>
        <source>Mann-Whitney U test</source>
        <translation>Mann-Whitney U 检验</translation>
    </message>
    <message>
        <source>They differ by more than chance (%1, p %2), but by no more than an ordinary link&apos;s noise of 0.2 ms and a quarter.</source>
        <translation>差异并非偶然（%1，p %2），但没有超出普通链路的噪声（0.2 ms 与四分之一中的较大者）。</translation>
    </message>
    <message>
        <source>Faster: in %3 of all pairs the later round trip is the shorter (%1, p %2).</source>
        <translation>变快：在全部配对中，%3 的配对里后一个会话的往返时间较短（%1，p %2）。</translation>
    </message>
    <message>
        <source>Slower: in %3 of all pairs the later round trip is the longer (%1, p %2).</source>
        <translation>变慢：在全部配对中，%3 的配对里后一个会话的往返时间较长（%1，p %2）。</translation>
    </message>
    <message>
        <source>Cannot be compared: one of the two sessions did not measure it.</source>
        <translation>无法比较：两个会话之一没有测量。</translation>
    </message>
    <message>
        <source>Cannot be compared: in one of the two nothing came back that could be timed.</source>
        <translation>无法比较：两个会话之一没有收到可以计时的应答。</translation>
    </message>
    <message>
        <source>Loss, this host to the VM</source>
        <translation>丢包，本机到虚拟机</translation>
    </message>
    <message>
        <source>Round trip, this host to the VM</source>
        <translation>往返时间，本机到虚拟机</translation>
    </message>
    <message>
        <source>Loss, the VM to this host</source>
        <translation>丢包，虚拟机到本机</translation>
    </message>
    <message>
        <source>Round trip, the VM to this host</source>
        <translation>往返时间，虚拟机到本机</translation>
    </message>
    <message>
        <source>Loss over IPv6, this host to the VM</source>
        <translation>IPv6 丢包，本机到虚拟机</translation>
    </message>
    <message>
        <source>Round trip over IPv6, this host to the VM</source>
        <translation>IPv6 往返时间，本机到虚拟机</translation>
    </message>
    <message>
        <source>Read in only one of the two, so not compared: %1 settings.</source>
        <translation>只在两个会话之一中读取到，因此未作比较：%1 项设置。</translation>
    </message>
    <message>
        <source>there is none</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>Routes %1</source>
        <translation>%1的路由</translation>
    </message>
    <message>
        <source>Policy rules of routing %1</source>
        <translation>%1的策略路由规则</translation>
    </message>
    <message>
        <source>Addresses %1</source>
        <translation>%1的地址</translation>
    </message>
    <message>
        <source>Links %1</source>
        <translation>%1的链路</translation>
    </message>
    <message>
        <source>Neighbours %1</source>
        <translation>%1的邻居表</translation>
    </message>
    <message>
        <source>Entries come and go by themselves; another MAC does not.</source>
        <translation>表项自行增减是正常的；MAC 不会自行改变。</translation>
    </message>
    <message>
        <source>Kernel settings %1</source>
        <translation>%1的内核设置</translation>
    </message>
    <message>
        <source>Firewall programs %1</source>
        <translation>%1的防火墙程序</translation>
    </message>
    <message>
        <source>System %1</source>
        <translation>%1的系统</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>system</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>interface</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>The VM by its hypervisor</source>
        <translation>虚拟化平台所示的虚拟机</translation>
    </message>
    <message>
        <source>largest packet that arrives</source>
        <translation>能够到达的最大报文</translation>
    </message>
    <message>
        <source>Ports and packet sizes</source>
        <translation>端口与报文大小</translation>
    </message>
    <message>
        <source>Cannot be compared: the two sessions have no probed port or size in common.</source>
        <translation>无法比较：两个会话没有共同探测过的端口或报文大小。</translation>
    </message>
    <message>
        <source>Asked in only one of the two, so not compared: %1.</source>
        <translation>只在两个会话之一中查询过，因此未作比较：%1。</translation>
    </message>
    <message>
        <source>on this host</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>in the VM</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>Packet filter rules %1: %2</source>
        <translation>%1的包过滤规则：%2</translation>
    </message>
    <message>
        <source>Cannot be compared: the rules of one of the two could not be understood.</source>
        <translation>无法比较：两个会话之一的规则无法理解。</translation>
    </message>
    <message>
        <source>Packet filter rules %1</source>
        <translation>%1的包过滤规则</translation>
    </message>
    <message>
        <source>added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>改变</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>cannot be compared</source>
        <translation>无法比较</translation>
    </message>
    <message>
        <source>too few samples</source>
        <translation>样本太少</translation>
    </message>
    <message>
        <source>not distinguishable</source>
        <translation>无法区分</translation>
    </message>
    <message>
        <source>better</source>
        <translation>变好</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>变差</translation>
    </message>
    <message>
        <source>Two different machines are compared</source>
        <translation>比较的是两台不同的机器</translation>
    </message>
    <message>
        <source>The fault is gone</source>
        <translation>故障已消除</translation>
    </message>
    <message>
        <source>A fault is there that was not there before</source>
        <translation>出现了原先没有的故障</translation>
    </message>
    <message>
        <source>The verdict is another one</source>
        <translation>结论与先前不同</translation>
    </message>
    <message>
        <source>No fault before and after, but something changed</source>
        <translation>前后都没有故障，但有内容发生了变化</translation>
    </message>
    <message>
        <source>No fault before and after, and nothing else changed</source>
        <translation>前后都没有故障，其他内容也没有变化</translation>
    </message>
    <message>
        <source>The verdict is the same before and after</source>
        <translation>前后结论相同</translation>
    </message>
    <message>
        <source>There is still a fault, but another one is found first</source>
        <translation>仍有故障，但首先找到的是另一个</translation>
    </message>
    <message>
        <source>nothing in either</source>
        <translation>两边都没有</translation>
    </message>
    <message>
        <source>alike: %1</source>
        <translation>相同：%1</translation>
    </message>
    <message>
        <source>In what could be compared there is no difference.</source>
        <translation>能够比较的内容没有差异。</translation>
    </message>
    <message>
        <source>Differences: %1.</source>
        <translation>差异：%1 处。</translation>
    </message>
    <message>
        <source>Could not be compared, which does not mean unchanged: %1.</source>
        <translation>无法比较（不等于没有变化）：%1 项。</translation>
    </message>
</context>
<context>
    <name>demo</name>
    <message>
        <source>The VM’s firewall lets no ping in</source>
        <translation>虚拟机的防火墙不放行 ping</translation>
    </message>
    <message>
        <source>The virtual switch filters pings to the VM</source>
        <translation>虚拟交换机过滤了发往虚拟机的 ping</translation>
    </message>
    <message>
        <source>A VPN’s routes take the VM’s addresses away</source>
        <translation>VPN 的路由占用了虚拟机的地址</translation>
    </message>
    <message>
        <source>This host keeps an old MAC of the VM</source>
        <translation>本机保留着虚拟机的旧 MAC</translation>
    </message>
    <message>
        <source>Nothing is wrong</source>
        <translation>一切正常</translation>
    </message>
</context>
<context>
    <name>diagnosis</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Probably: %1</source>
        <translation>很可能：%1</translation>
    </message>
    <message>
        <source>%1. And once that is mended: %2</source>
        <translation>%1。修复之后还有：%2</translation>
    </message>
    <message>
        <source>Whether the host can ping the VM could not be measured; the checks say what is missing.</source>
        <translation>无法测量主机能否 ping 通虚拟机；各项检查会说明缺少什么。</translation>
    </message>
    <message>
        <source>No owner answers for the VM&apos;s address: the VM is gone, not connected, or has another address.</source>
        <translation>没有机器为虚拟机的地址应答：虚拟机已不在、没有连接，或使用另一个地址。</translation>
    </message>
    <message>
        <source>The host cannot ping the VM although the VM can ping the host; what was read does not show why.</source>
        <translation>主机 ping 不通虚拟机，虽然虚拟机能 ping 通主机；读到的信息看不出原因。</translation>
    </message>
    <message>
        <source>Neither direction works; what was read does not show why.</source>
        <translation>两个方向都不通；读到的信息看不出原因。</translation>
    </message>
    <message>
        <source>The VM is not reached under the pinged address; what was read does not show why.</source>
        <translation>用所 ping 的地址到不了虚拟机；读到的信息看不出原因。</translation>
    </message>
    <message>
        <source>Ping works, but no probed TCP port answers; what was read does not show why.</source>
        <translation>ping 正常，但探测的 TCP 端口都没有应答；读到的信息看不出原因。</translation>
    </message>
    <message>
        <source>Ping works only in part; what was read does not show why.</source>
        <translation>ping 只有部分能通；读到的信息看不出原因。</translation>
    </message>
    <message>
        <source>The host&apos;s ping is not answered; what was read does not show why.</source>
        <translation>主机的 ping 没有应答；读到的信息看不出原因。</translation>
    </message>
    <message>
        <source>Ping works both ways: no fault was found.</source>
        <translation>双向都能 ping 通：没有发现故障。</translation>
    </message>
    <message>
        <source>The VM cannot ping the host although the host can ping the VM; what was read does not show why.</source>
        <translation>主机能 ping 通虚拟机，虚拟机却 ping 不通主机；所读内容没有显示原因。</translation>
    </message>
    <message>
        <source>The host can ping the VM: no fault was found in that direction. The VM&apos;s own ping was not observed.</source>
        <translation>主机能 ping 通虚拟机：该方向未发现故障。未观察到虚拟机自己的 ping。</translation>
    </message>
</context>
<context>
    <name>explain</name>
    <message>
        <source>The address answers ARP, so look at packet filters: the guest&apos;s input first, then this host&apos;s output.</source>
        <translation>该地址应答 ARP，因此请查看包过滤：先看虚拟机的入方向，再看本机的出方向。</translation>
    </message>
    <message>
        <source>Nobody answers ARP for the address: check link, network mode, VLAN, and whether the VM has this address.</source>
        <translation>没有任何机器为该地址应答 ARP：请检查链路、网络模式、VLAN，以及虚拟机是否有此地址。</translation>
    </message>
    <message>
        <source>Ask the kernel which route it takes: `ip route get ADDRESS` or `Find-NetRoute -RemoteIPAddress ADDRESS`.</source>
        <translation>查询内核选用哪条路由：`ip route get ADDRESS` 或 `Find-NetRoute -RemoteIPAddress ADDRESS`。</translation>
    </message>
    <message>
        <source>The machine is reachable; only this port or protocol is closed or filtered.</source>
        <translation>机器可达；只是这个端口或协议被关闭或过滤。</translation>
    </message>
    <message>
        <source>Compare the MTU at both ends and of the bridge between them.</source>
        <translation>比较两端以及中间网桥的 MTU。</translation>
    </message>
    <message>
        <source>Look at the packet filter of the machine that sent the message.</source>
        <translation>查看发出该消息的机器的包过滤。</translation>
    </message>
    <message>
        <source>Check what was typed.</source>
        <translation>检查所输入的内容。</translation>
    </message>
    <message>
        <source>Not a network fault.</source>
        <translation>不是网络故障。</translation>
    </message>
    <message>
        <source>Nothing to do.</source>
        <translation>无需处理。</translation>
    </message>
    <message>
        <source>A reply came back.</source>
        <translation>收到了应答。</translation>
    </message>
    <message>
        <source>Compare the replying address with the one that was pinged.</source>
        <translation>把应答的地址与所 ping 的地址作比较。</translation>
    </message>
    <message>
        <source>The caller&apos;s reply buffer was too small: a fault of the program.</source>
        <translation>调用者的应答缓冲区太小：是程序的缺陷。</translation>
    </message>
    <message>
        <source>No route to the network, said by a router.</source>
        <translation>没有到该网络的路由（由路由器告知）。</translation>
    </message>
    <message>
        <source>ARP or neighbour discovery failed. If the reply comes from your own address, it is this host that found nobody. ping.exe counts it as a reply and exits with 0.</source>
        <translation>ARP 或邻居发现失败。如果应答来自你自己的地址，就是本机没有找到任何机器。ping.exe 把它算作应答，并以 0 退出。</translation>
    </message>
    <message>
        <source>The target or a filter rejects the protocol: the path itself is fine.</source>
        <translation>目标或某个过滤规则拒绝该协议：路径本身没有问题。</translation>
    </message>
    <message>
        <source>The target or a filter rejects the packet: the path itself is fine.</source>
        <translation>目标或某个过滤规则拒绝该报文：路径本身没有问题。</translation>
    </message>
    <message>
        <source>The packet may not be fragmented and is larger than a hop&apos;s MTU.</source>
        <translation>该报文不允许分片，且大于某一跳的 MTU。</translation>
    </message>
    <message>
        <source>Silence: the request was sent and nothing came back. ARP had succeeded.</source>
        <translation>没有响应：请求已发出，但什么也没有返回。ARP 已成功。</translation>
    </message>
    <message>
        <source>The TTL ran out on the way: a routing loop, or a very small TTL.</source>
        <translation>TTL 在途中耗尽：存在路由环路，或 TTL 太小。</translation>
    </message>
    <message>
        <source>Fragments were lost on the way.</source>
        <translation>分片在途中丢失。</translation>
    </message>
    <message>
        <source>The target address is not valid.</source>
        <translation>目标地址无效。</translation>
    </message>
    <message>
        <source>“General failure” is local: nothing left this host. No carrier, no address, or an outbound filter or VPN client stops it.</source>
        <translation>“General failure”（一般故障）是本地错误：没有任何报文离开本机。没有载波、没有地址，或被出站过滤或 VPN 客户端拦住。</translation>
    </message>
    <message>
        <source>Check the adapter&apos;s link and address, then outbound filters.</source>
        <translation>检查网卡的链路和地址，然后检查出站过滤。</translation>
    </message>
    <message>
        <source>A local permission error of a socket call: no rights for a raw socket, a reserved port, or a local filter. An inbound rule does not help.</source>
        <translation>套接字调用的本地权限错误：无权使用原始套接字、端口被保留，或有本地过滤。添加入站规则没有用。</translation>
    </message>
    <message>
        <source>Run elevated, or use an echo that needs no rights.</source>
        <translation>以提升的权限运行，或使用不需要权限的回显方式。</translation>
    </message>
    <message>
        <source>The source address does not belong to this machine.</source>
        <translation>源地址不属于这台机器。</translation>
    </message>
    <message>
        <source>There is no route to the network.</source>
        <translation>没有到该网络的路由。</translation>
    </message>
    <message>
        <source>The connection request was not answered.</source>
        <translation>连接请求没有得到应答。</translation>
    </message>
    <message>
        <source>The machine answered that the port is closed: it is reachable.</source>
        <translation>对方应答说端口已关闭：机器可达。</translation>
    </message>
    <message>
        <source>ARP failed, or a router says the host is unreachable.</source>
        <translation>ARP 失败，或路由器告知主机不可达。</translation>
    </message>
    <message>
        <source>A Windows program stopped responding. It is no QEMU error and no network error, whatever some articles say.</source>
        <translation>某个 Windows 程序停止了响应。不管某些文章怎么说，它既不是 QEMU 错误，也不是网络错误。</translation>
    </message>
    <message>
        <source>On send: this host&apos;s own packet filter dropped the packet. On opening a raw socket: CAP_NET_RAW is missing.</source>
        <translation>发送时：本机自身的包过滤丢弃了该报文。打开原始套接字时：缺少 CAP_NET_RAW。</translation>
    </message>
    <message>
        <source>Look at this host&apos;s output rules; ping itself prints nothing in this case.</source>
        <translation>查看本机的 output 规则；这种情况下 ping 自己什么也不显示。</translation>
    </message>
    <message>
        <source>A `prohibit` route, a broadcast address, or the ping socket is not allowed by net.ipv4.ping_group_range. ping&apos;s own hint about broadcast is misleading.</source>
        <translation>有 `prohibit` 路由、目标是广播地址，或 net.ipv4.ping_group_range 不允许使用 ping 套接字。ping 自己关于广播的提示会误导人。</translation>
    </message>
    <message>
        <source>On connecting: a `blackhole` route covers the address.</source>
        <translation>连接时：有一条 `blackhole` 路由覆盖该地址。</translation>
    </message>
    <message>
        <source>The packet may not be fragmented and is larger than the known path MTU.</source>
        <translation>该报文不允许分片，且大于已知的路径 MTU。</translation>
    </message>
    <message>
        <source>The target says the protocol is unreachable: it is alive.</source>
        <translation>目标告知协议不可达：它在线。</translation>
    </message>
    <message>
        <source>No route here, or a filter or router rejects with “net unreachable”.</source>
        <translation>这里没有路由，或过滤规则或路由器以“net unreachable”拒绝。</translation>
    </message>
    <message>
        <source>The port is closed, or a filter rejects: the machine is reachable.</source>
        <translation>端口已关闭，或被过滤规则拒绝：机器可达。</translation>
    </message>
    <message>
        <source>“No route to host” is usually not a route problem: ARP got no answer, an `unreachable` route exists, or a filter rejects as prohibited.</source>
        <translation>“No route to host”通常不是路由问题：ARP 没有得到应答、存在 `unreachable` 路由，或过滤规则以“prohibited”拒绝。</translation>
    </message>
    <message>
        <source>The answer to a ping.</source>
        <translation>对 ping 的应答。</translation>
    </message>
    <message>
        <source>The ping itself.</source>
        <translation>ping 本身。</translation>
    </message>
    <message>
        <source>A router has no route.</source>
        <translation>某台路由器没有路由。</translation>
    </message>
    <message>
        <source>The last router, or this host, got no answer to ARP.</source>
        <translation>最后一台路由器或本机的 ARP 没有得到应答。</translation>
    </message>
    <message>
        <source>The target does not speak the protocol: it is alive.</source>
        <translation>目标不支持该协议：它在线。</translation>
    </message>
    <message>
        <source>Closed UDP port, or a filter&apos;s ordinary reject (libvirt rejects so).</source>
        <translation>UDP 端口已关闭，或过滤规则的普通拒绝（libvirt 就是这样拒绝的）。</translation>
    </message>
    <message>
        <source>A hop&apos;s MTU is smaller than the packet; the message carries that MTU.</source>
        <translation>某一跳的 MTU 小于该报文；消息中带有该 MTU。</translation>
    </message>
    <message>
        <source>A packet filter at the sender of this message forbids it.</source>
        <translation>发出此消息的机器上的包过滤禁止了它。</translation>
    </message>
    <message>
        <source>A packet filter at the sender of this message forbids it; ping prints “Packet filtered”.</source>
        <translation>发出此消息的机器上的包过滤禁止了它；ping 显示“Packet filtered”。</translation>
    </message>
    <message>
        <source>A router knows a better way. It can repair and hide a wrong mask.</source>
        <translation>路由器知道更好的路。它能补救错误的掩码，也会掩盖它。</translation>
    </message>
    <message>
        <source>Neighbour discovery got no answer.</source>
        <translation>邻居发现没有得到应答。</translation>
    </message>
    <message>
        <source>A filter that drops ICMPv6 types 133 to 136 does this; so does a missing link or address.</source>
        <translation>丢弃 ICMPv6 类型 133 到 136 的过滤规则会造成这种情况；没有链路或没有地址也会。</translation>
    </message>
    <message>
        <source>Closed UDP port, or a filter&apos;s ordinary reject.</source>
        <translation>UDP 端口已关闭，或过滤规则的普通拒绝。</translation>
    </message>
    <message>
        <source>The hop limit ran out on the way: a routing loop.</source>
        <translation>跳数限制在途中耗尽：存在路由环路。</translation>
    </message>
    <message>
        <source>Printed with your own address as sender: this host got no answer to ARP.</source>
        <translation>显示时以你自己的地址为发送者：本机的 ARP 没有得到应答。</translation>
    </message>
    <message>
        <source>Usually not a route problem: ARP got no answer, or a filter rejects as prohibited.</source>
        <translation>通常不是路由问题：ARP 没有得到应答，或过滤规则以“prohibited”拒绝。</translation>
    </message>
    <message>
        <source>This host has no route to the address.</source>
        <translation>本机没有到该地址的路由。</translation>
    </message>
    <message>
        <source>ICMP 3/13. With your own address as sender it is this host&apos;s own output filter.</source>
        <translation>ICMP 3/13。若发送者是你自己的地址，就是本机自身的 output 过滤。</translation>
    </message>
    <message>
        <source>This host&apos;s own packet filter refuses to send, or CAP_NET_RAW is missing.</source>
        <translation>本机自身的包过滤拒绝发送，或缺少 CAP_NET_RAW。</translation>
    </message>
    <message>
        <source>Look at this host&apos;s output rules.</source>
        <translation>查看本机的 output 规则。</translation>
    </message>
    <message>
        <source>Misleading: a `prohibit` route covers the address.</source>
        <translation>会误导人：有一条 `prohibit` 路由覆盖该地址。</translation>
    </message>
    <message>
        <source>Silence: the request was sent and nothing came back.</source>
        <translation>没有响应：请求已发出，但什么也没有返回。</translation>
    </message>
    <message>
        <source>Local: nothing left this host. No carrier, no address, or an outbound filter stops it.</source>
        <translation>本地错误：没有任何报文离开本机。没有载波、没有地址，或被出站过滤拦住。</translation>
    </message>
    <message>
        <source>The gateway of the route is not in any subnet of this machine.</source>
        <translation>路由的网关不在本机的任何子网中。</translation>
    </message>
    <message>
        <source>Linux errno</source>
        <translation>Linux errno</translation>
    </message>
    <message>
        <source>ICMP, RFC 792 and RFC 1812</source>
        <translation>ICMP，RFC 792 与 RFC 1812</translation>
    </message>
    <message>
        <source>ICMPv6, RFC 4443</source>
        <translation>ICMPv6，RFC 4443</translation>
    </message>
    <message>
        <source>Windows ICMP status</source>
        <translation>Windows ICMP 状态</translation>
    </message>
    <message>
        <source>WinSock</source>
        <translation>WinSock</translation>
    </message>
    <message>
        <source>Windows system error</source>
        <translation>Windows 系统错误</translation>
    </message>
    <message>
        <source>message of ping or connect</source>
        <translation>ping 或 connect 的消息</translation>
    </message>
</context>
<context>
    <name>guest</name>
    <message>
        <source>This line was not understood: &quot;%1&quot;</source>
        <translation>无法理解这一行：&quot;%1&quot;</translation>
    </message>
    <message>
        <source>More than %1 entries.</source>
        <translation>条目多于 %1 条。</translation>
    </message>
    <message>
        <source>The guest has policy rules, but its busybox &quot;ip&quot; leaves out whether a rule is negated.</source>
        <translation>虚拟机有策略路由规则，但其 busybox 的 &quot;ip&quot; 不显示规则是否取反。</translation>
    </message>
    <message>
        <source>The guest shows no network interface in /sys/class/net.</source>
        <translation>虚拟机的 /sys/class/net 中没有网络接口。</translation>
    </message>
    <message>
        <source>The guest&apos;s /proc/net/snmp could not be read.</source>
        <translation>无法读取虚拟机的 /proc/net/snmp。</translation>
    </message>
    <message>
        <source>The guest&apos;s kernel tracks no connections.</source>
        <translation>虚拟机内核没有连接跟踪。</translation>
    </message>
    <message>
        <source>The guest report is cut.</source>
        <translation>虚拟机报告被截断。</translation>
    </message>
    <message>
        <source>No address to ping was given and the guest has no default gateway.</source>
        <translation>没有给出要 ping 的地址，虚拟机也没有默认网关。</translation>
    </message>
    <message>
        <source>The guest&apos;s ping printed nothing that could be read.</source>
        <translation>虚拟机的 ping 没有输出可读取的内容。</translation>
    </message>
    <message>
        <source>The guest report is larger than 16 MiB.</source>
        <translation>虚拟机报告大于 16 MiB。</translation>
    </message>
    <message>
        <source>Line %1: the guest report has version %2; this program reads version 1.</source>
        <translation>第 %1 行：虚拟机报告的版本为 %2；本程序读取版本 1。</translation>
    </message>
    <message>
        <source>Line %1: the guest report is of an unknown system, &quot;%2&quot;.</source>
        <translation>第 %1 行：虚拟机报告来自未知的系统 &quot;%2&quot;。</translation>
    </message>
    <message>
        <source>This is no guest report: its first line, &quot;@@bothways %1 1 ...&quot;, is missing.</source>
        <translation>这不是虚拟机报告：缺少首行 &quot;@@bothways %1 1 ...&quot;。</translation>
    </message>
    <message>
        <source>The guest report is cut: it ends before the section &quot;%1&quot;.</source>
        <translation>虚拟机报告被截断：它在小节 &quot;%1&quot; 之前就结束了。</translation>
    </message>
    <message>
        <source>The guest report has no section &quot;%1&quot;.</source>
        <translation>虚拟机报告没有小节 &quot;%1&quot;。</translation>
    </message>
    <message>
        <source>Line %1: the guest report is cut within the section &quot;%2&quot;.</source>
        <translation>第 %1 行：虚拟机报告在小节 &quot;%2&quot; 中被截断。</translation>
    </message>
    <message>
        <source>The guest could not read &quot;%1&quot; and did not say why.</source>
        <translation>虚拟机无法读取 &quot;%1&quot;，且没有说明原因。</translation>
    </message>
    <message>
        <source>Line %1: the section &quot;%2&quot; is no JSON array (%3, byte %4).</source>
        <translation>第 %1 行：小节 &quot;%2&quot; 不是 JSON 数组（%3，字节 %4）。</translation>
    </message>
    <message>
        <source>Line %1: an entry of the section &quot;%2&quot; was not understood.</source>
        <translation>第 %1 行：无法理解小节 &quot;%2&quot; 中的一个条目。</translation>
    </message>
    <message>
        <source>Windows has no such thing.</source>
        <translation>Windows 没有这样的东西。</translation>
    </message>
</context>
<context>
    <name>hardening</name>
    <message>
        <source>as it should be</source>
        <translation>符合要求</translation>
    </message>
    <message>
        <source>advised</source>
        <translation>建议修改</translation>
    </message>
    <message>
        <source>general advice</source>
        <translation>一般建议</translation>
    </message>
    <message>
        <source>Packet filter of the VM</source>
        <translation>虚拟机的包过滤</translation>
    </message>
    <message>
        <source>Let the VM answer pings of this host&apos;s address only, not of everybody. From any other machine the same ping must get no answer.</source>
        <translation>让虚拟机只应答来自本机地址的 ping，而不是任何来源的 ping。从其他任何机器发出同样的 ping，必须得不到应答。</translation>
    </message>
    <message>
        <source>The VM&apos;s filter lets in pings from any address. Those of %1 are enough: from any other machine the same ping must get no answer.</source>
        <translation>虚拟机的包过滤放行来自任意地址的 ping。只放行来自 %1 的就够了：从其他任何机器发出同样的 ping，必须得不到应答。</translation>
    </message>
    <message>
        <source>The VM&apos;s filter lets in pings from its neighbours. Those of %1 are enough: from any other machine the same ping must get no answer.</source>
        <translation>虚拟机的包过滤放行来自其邻居的 ping。只放行来自 %1 的就够了：从其他任何机器发出同样的 ping，必须得不到应答。</translation>
    </message>
    <message>
        <source>The VM&apos;s filter lets in no pings from strangers. Keep it so when you let in those of %1.</source>
        <translation>虚拟机的包过滤不放行陌生来源的 ping。放行来自 %1 的 ping 时，请保持这一点。</translation>
    </message>
    <message>
        <source>These TCP ports of the VM are open to any address: %1. Name the networks that need them in the rule.</source>
        <translation>虚拟机的这些 TCP 端口对任意地址开放：%1。请在规则中指明需要它们的网络。</translation>
    </message>
    <message>
        <source>Kernel of the VM</source>
        <translation>虚拟机的内核</translation>
    </message>
    <message>
        <source>Kernel of this host</source>
        <translation>本机的内核</translation>
    </message>
    <message>
        <source>On %1 nobody checks where packets come from (rp_filter %2). Set 2, which lets through what any route explains; 1 only where there is one way back.</source>
        <translation>%1 上没有检查报文的来源（rp_filter %2）。请设为 2，凡有任一路由可达其来源的报文都放行；只有返回路径唯一时才设为 1。</translation>
    </message>
    <message>
        <source>%1 shares its subnet with a second interface, and a strict check (rp_filter %2) then drops packets without a word. Set 2, for &quot;all&quot; and for it: the higher one counts.</source>
        <translation>%1 与另一个接口处于同一子网，此时严格检查（rp_filter %2）会无声地丢弃报文。请把 &quot;all&quot; 和该接口都设为 2：以数值较大者为准。</translation>
    </message>
    <message>
        <source>Packets with a forged source are dropped on %1 (rp_filter %2).</source>
        <translation>%1 上会丢弃伪造源地址的报文（rp_filter %2）。</translation>
    </message>
    <message>
        <source>ARP</source>
        <translation>ARP</translation>
    </message>
    <message>
        <source>%1 and %2 are in one subnet, and each answers ARP for its own address only.</source>
        <translation>%1 和 %2 处于同一子网，各自只为自己的地址应答 ARP。</translation>
    </message>
    <message>
        <source>%1 and %2 are in one subnet, and either answers ARP for both. Set arp_ignore to 1 and arp_announce to 2, for &quot;all&quot;.</source>
        <translation>%1 和 %2 处于同一子网，任何一个都会为两者的地址应答 ARP。请把 &quot;all&quot; 的 arp_ignore 设为 1、arp_announce 设为 2。</translation>
    </message>
    <message>
        <source>MAC address</source>
        <translation>MAC 地址</translation>
    </message>
    <message>
        <source>The VM has %1, which QEMU gives to each VM that is not told another. Give it one of its own, or the next VM takes its packets.</source>
        <translation>虚拟机的 MAC 是 %1，凡未另行指定的虚拟机 QEMU 都给这一个。请给它一个独有的 MAC，否则下一台虚拟机会收走发给它的报文。</translation>
    </message>
    <message>
        <source>The VM&apos;s MAC stands in its definition and stays: %1.</source>
        <translation>虚拟机的 MAC 写在其定义中，保持不变：%1。</translation>
    </message>
    <message>
        <source>Pin the VM&apos;s MAC in its definition, a different one for each VM. A physical switch with port security must allow two: this host&apos;s and the VM&apos;s.</source>
        <translation>请在虚拟机的定义中固定其 MAC，每台虚拟机各不相同。启用端口安全的物理交换机必须允许两个 MAC：本机的和虚拟机的。</translation>
    </message>
    <message>
        <source>Virtual switch</source>
        <translation>虚拟交换机</translation>
    </message>
    <message>
        <source>libvirt&apos;s filter %1 guards the VM&apos;s interface.</source>
        <translation>libvirt 的过滤器 %1 保护着虚拟机的接口。</translation>
    </message>
    <message>
        <source>Nothing keeps the VM from sending as somebody else. Give its interface libvirt&apos;s filter clean-traffic, with the parameter IP = %1.</source>
        <translation>没有任何机制阻止虚拟机冒用他人的身份发送报文。请给它的接口加上 libvirt 的过滤器 clean-traffic，参数为 IP = %1。</translation>
    </message>
    <message>
        <source>Isolated bridge ports part VMs from each other, and never a VM from its own host. Isolate those that have nothing to say to each other.</source>
        <translation>隔离的网桥端口只把虚拟机彼此隔开，绝不会把虚拟机与其主机隔开。彼此无需通信的虚拟机，请隔离其端口。</translation>
    </message>
    <message>
        <source>The VM&apos;s port %1 is isolated from those of other VMs.</source>
        <translation>虚拟机的端口 %1 已与其他虚拟机的端口隔离。</translation>
    </message>
    <message>
        <source>Keep the neighbour table under half of its limit (gc_thresh3), and let entries age: no PERMANENT ones, and on a router that serves many VMs an ARP timeout of 300 s.</source>
        <translation>请使邻居表不超过其上限（gc_thresh3）的一半，并让表项老化：不要有 PERMANENT 表项；在为许多虚拟机服务的路由器上，ARP 超时设为 300 秒。</translation>
    </message>
    <message>
        <source>The entry of the VM is PERMANENT on this host: it does not follow a new MAC. Let it age like the others.</source>
        <translation>虚拟机的表项在本机上为 PERMANENT：MAC 变了它也不会更新。请让它像其他表项一样老化。</translation>
    </message>
    <message>
        <source>This host&apos;s neighbour table has room: %1 of %2 entries, and they age.</source>
        <translation>本机的邻居表有余量：%2 项上限中已用 %1 项，且表项会老化。</translation>
    </message>
    <message>
        <source>This host&apos;s neighbour table is more than half full: %1 of %2 entries. Raise gc_thresh1, gc_thresh2 and gc_thresh3.</source>
        <translation>本机的邻居表已用一半以上：%2 项上限中已用 %1 项。请调高 gc_thresh1、gc_thresh2 和 gc_thresh3。</translation>
    </message>
    <message>
        <source>VPN</source>
        <translation>VPN</translation>
    </message>
    <message>
        <source>A tunnel must not take the VM&apos;s network: leave its prefix out of what the tunnel routes.</source>
        <translation>隧道不得占用虚拟机的网络：请从隧道的路由中去掉虚拟机的前缀。</translation>
    </message>
    <message>
        <source>The route to the VM leaves through %1, and the VM is behind %2. Leave its prefix out of what that interface routes.</source>
        <translation>到虚拟机的路由从 %1 出去，而虚拟机在 %2 之后。请从该接口的路由中去掉虚拟机的前缀。</translation>
    </message>
    <message>
        <source>No tunnel takes the VM&apos;s network: the route to it leaves through %1.</source>
        <translation>没有隧道占用虚拟机的网络：到它的路由从 %1 出去。</translation>
    </message>
    <message>
        <source>Between VLANs</source>
        <translation>VLAN 之间</translation>
    </message>
    <message>
        <source>Host and VM in different VLANs meet in a router. VRRP gives it a second machine that takes over its address; it does not route by itself.</source>
        <translation>处于不同 VLAN 的主机和虚拟机经路由器互通。VRRP 为路由器提供一台接管其地址的备机；它本身不做路由。</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>A WAF reads HTTP only: it sees neither pings nor other ports. Let ports 80 and 443 of the VM in from the WAF alone; from this host they must then be silent.</source>
        <translation>WAF 只读取 HTTP：它看不到 ping，也看不到其他端口。虚拟机的端口 80 和 443 请只对 WAF 放行；此后从本机访问它们必须没有任何响应。</translation>
    </message>
    <message>
        <source>Tuning: packet size</source>
        <translation>调优：报文大小</translation>
    </message>
    <message>
        <source>For jumbo frames set 9000 at every place of the path: physical switch, the bridge&apos;s ports before the bridge, and the VM. One place less, and large packets vanish while pings work.</source>
        <translation>使用巨型帧时，路径上的每一处都要设为 9000：物理交换机、网桥的各端口（先于网桥）、网桥以及虚拟机。漏掉一处，大包就会丢失，而 ping 仍然正常。</translation>
    </message>
    <message>
        <source>The MTU differs: %1 on %2, %3 on %4 in the VM. Set the same at every place of the path.</source>
        <translation>MTU 不一致：%2 上为 %1，虚拟机内 %4 上为 %3。请在路径上的每一处设为相同的值。</translation>
    </message>
    <message>
        <source>Host and VM agree on an MTU of %1.</source>
        <translation>主机与虚拟机的 MTU 一致，为 %1。</translation>
    </message>
    <message>
        <source>Tuning: bandwidth</source>
        <translation>调优：带宽</translation>
    </message>
    <message>
        <source>Where VMs share a link, give each a share of its own, a fifth of it for example: no VM then starves the others, and latency stays low under load.</source>
        <translation>多台虚拟机共用一条链路时，请给每台分配各自的份额，例如链路的五分之一：这样任何一台都不会挤占其他虚拟机，高负载时时延仍然较低。</translation>
    </message>
</context>
<context>
    <name>hypervisor</name>
    <message>
        <source>The guest agent&apos;s answer is too large.</source>
        <translation>客户机代理的应答过大。</translation>
    </message>
    <message>
        <source>The guest agent&apos;s answer was not understood (%1, byte %2).</source>
        <translation>无法理解客户机代理的应答（%1，字节 %2）。</translation>
    </message>
    <message>
        <source>The guest agent&apos;s answer names no process.</source>
        <translation>客户机代理的应答没有给出进程。</translation>
    </message>
    <message>
        <source>The guest agent&apos;s answer does not say whether the script has ended.</source>
        <translation>客户机代理的应答没有说明脚本是否已结束。</translation>
    </message>
    <message>
        <source>libvirt is not installed here (%1).</source>
        <translation>这里没有安装 libvirt（%1）。</translation>
    </message>
    <message>
        <source>libvirt (%1) refuses this user: %2. A member of the group &quot;libvirt&quot; may use it; as root: usermod -aG libvirt USER, then log in anew.</source>
        <translation>libvirt（%1）拒绝当前用户：%2。用户组 &quot;libvirt&quot; 的成员可以使用它；以 root 身份运行：usermod -aG libvirt USER，然后重新登录。</translation>
    </message>
    <message>
        <source>No libvirt daemon is running for %1: %2</source>
        <translation>没有为 %1 运行的 libvirt 守护进程：%2</translation>
    </message>
    <message>
        <source>libvirt (%1) cannot be reached: %2</source>
        <translation>无法连接 libvirt（%1）：%2</translation>
    </message>
    <message>
        <source>libvirt does not list its networks: %1</source>
        <translation>libvirt 没有列出其网络：%1</translation>
    </message>
    <message>
        <source>libvirt does not list its VMs: %1</source>
        <translation>libvirt 没有列出其虚拟机：%1</translation>
    </message>
    <message>
        <source>The guest&apos;s agent does not allow &quot;guest-exec&quot; (%1). In the guest, take it out of the block list in /etc/sysconfig/qemu-ga or qemu-ga.conf, or run the guest script by hand.</source>
        <translation>虚拟机的客户机代理不允许 &quot;guest-exec&quot;（%1）。请在虚拟机的 /etc/sysconfig/qemu-ga 或 qemu-ga.conf 中把它从阻止列表里去掉，或手工运行虚拟机脚本。</translation>
    </message>
    <message>
        <source>The guest agent does not answer (%1). Is qemu-guest-agent running in the guest?</source>
        <translation>客户机代理没有应答（%1）。虚拟机中是否在运行 qemu-guest-agent？</translation>
    </message>
    <message>
        <source>The guest has no /bin/sh (%1). If it is Windows, run the guest script by hand.</source>
        <translation>虚拟机没有 /bin/sh（%1）。如果它是 Windows，请手工运行虚拟机脚本。</translation>
    </message>
    <message>
        <source>The guest agent reports: %1</source>
        <translation>客户机代理报告：%1</translation>
    </message>
    <message>
        <source>Stopped before the guest&apos;s answer came.</source>
        <translation>在虚拟机的应答到达之前被停止。</translation>
    </message>
    <message>
        <source>The script in the guest did not end in time.</source>
        <translation>虚拟机中的脚本没有及时结束。</translation>
    </message>
    <message>
        <source>libvirt-qemu.so.0 is not installed here; it carries guest agent commands.</source>
        <translation>这里没有安装 libvirt-qemu.so.0；客户机代理的命令要靠它传送。</translation>
    </message>
    <message>
        <source>libvirt no longer knows the VM %1: %2</source>
        <translation>libvirt 已不认识虚拟机 %1：%2</translation>
    </message>
    <message>
        <source>The VM %1 is not running but &quot;%2&quot;.</source>
        <translation>虚拟机 %1 没有运行，其状态为 &quot;%2&quot;。</translation>
    </message>
    <message>
        <source>The VM %1 has no guest agent channel. Add a channel device with the target name org.qemu.guest_agent.0 and install qemu-guest-agent in the guest, or run the guest script by hand.</source>
        <translation>虚拟机 %1 没有客户机代理通道。请添加一个目标名为 org.qemu.guest_agent.0 的 channel 设备，并在虚拟机中安装 qemu-guest-agent，或手工运行虚拟机脚本。</translation>
    </message>
    <message>
        <source>No guest agent is running in the VM %1. Install and start qemu-guest-agent in the guest, or run the guest script by hand.</source>
        <translation>虚拟机 %1 中没有运行客户机代理。请在虚拟机中安装并启动 qemu-guest-agent，或手工运行虚拟机脚本。</translation>
    </message>
    <message>
        <source>The guest agent of the VM %1 gave no answer a moment ago. Is qemu-guest-agent running in it?</source>
        <translation>虚拟机 %1 的客户机代理刚才没有应答。其中是否在运行 qemu-guest-agent？</translation>
    </message>
    <message>
        <source>Line %1, column %2 of libvirt&apos;s XML: %3</source>
        <translation>libvirt 的 XML 第 %1 行第 %2 列：%3</translation>
    </message>
    <message>
        <source>libvirt&apos;s XML is larger than 8 MiB.</source>
        <translation>libvirt 的 XML 大于 8 MiB。</translation>
    </message>
    <message>
        <source>libvirt&apos;s XML describes no domain.</source>
        <translation>libvirt 的 XML 没有描述域。</translation>
    </message>
    <message>
        <source>libvirt&apos;s XML describes no network.</source>
        <translation>libvirt 的 XML 没有描述网络。</translation>
    </message>
</context>
<context>
    <name>journeys</name>
    <message>
        <source>echo request</source>
        <translation>回显请求</translation>
    </message>
    <message>
        <source>TCP SYN</source>
        <translation>TCP SYN</translation>
    </message>
    <message>
        <source>UDP datagram</source>
        <translation>UDP 报文</translation>
    </message>
    <message>
        <source>ARP request</source>
        <translation>ARP 请求</translation>
    </message>
    <message>
        <source>neighbour solicitation</source>
        <translation>邻居请求</translation>
    </message>
    <message>
        <source>the host&apos;s own stack</source>
        <translation>主机自身的协议栈</translation>
    </message>
    <message>
        <source>the VM</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>the request was lost between %1 and %2</source>
        <translation>请求在 %1 与 %2 之间丢失</translation>
    </message>
    <message>
        <source>the answer was lost between %1 and %2</source>
        <translation>应答在 %1 与 %2 之间丢失</translation>
    </message>
    <message>
        <source>no answer came back from beyond %1: lost between there and %2 or in it, and no point of capture tells whether the request or the answer</source>
        <translation>%1 之后没有返回应答：丢失在该处到 %2（含）之间，没有抓包点能说明丢的是请求还是应答</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>有应答</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>asked when the capture ended</source>
        <translation>抓包结束时仍在等待应答</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>%1 %2 from %3 to %4</source>
        <translation>%1 %2（%3 到 %4）</translation>
    </message>
    <message>
        <source>seen at no point</source>
        <translation>任何抓包点都没有看到</translation>
    </message>
    <message>
        <source>seen at %1</source>
        <translation>在 %1 看到</translation>
    </message>
    <message>
        <source>its answer at %1</source>
        <translation>其应答在 %1 看到</translation>
    </message>
    <message>
        <source>it went out at %1, which is not the way to the VM</source>
        <translation>它从 %1 发出，而那不是通往虚拟机的路</translation>
    </message>
    <message>
        <source>it was addressed to a MAC that is not the VM&apos;s</source>
        <translation>它所发往的 MAC 不是虚拟机的</translation>
    </message>
    <message>
        <source>it never left, because nobody answered for the MAC it needs</source>
        <translation>它没有发出，因为所需的 MAC 无人应答</translation>
    </message>
    <message>
        <source>%1 reported it by ICMP</source>
        <translation>%1 用 ICMP 报告了此事</translation>
    </message>
    <message>
        <source>host to VM</source>
        <translation>主机到虚拟机</translation>
    </message>
    <message>
        <source>VM to host</source>
        <translation>虚拟机到主机</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>%1, %2: %3 of %4</source>
        <comment>echo request, host to VM: 3 of 10</comment>
        <translation>%1，%2：%4 个中有 %3 个，</translation>
    </message>
    <message>
        <source>ICMP echo</source>
        <translation>ICMP 回显</translation>
    </message>
    <message>
        <source>TCP connection</source>
        <translation>TCP 连接</translation>
    </message>
    <message>
        <source>UDP</source>
        <translation>UDP</translation>
    </message>
    <message>
        <source>ARP</source>
        <translation>ARP</translation>
    </message>
    <message>
        <source>neighbour discovery</source>
        <translation>邻居发现</translation>
    </message>
    <message>
        <source>%1 ns</source>
        <translation>%1 ns</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 µs</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>TCP reset</source>
        <translation>TCP 重置</translation>
    </message>
    <message>
        <source>ICMP error</source>
        <translation>ICMP 差错</translation>
    </message>
    <message>
        <source>request lost</source>
        <translation>请求丢失</translation>
    </message>
    <message>
        <source>answer lost</source>
        <translation>应答丢失</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>%1, host to VM</source>
        <translation>%1，主机到虚拟机</translation>
    </message>
    <message>
        <source>%1, VM to host</source>
        <translation>%1，虚拟机到主机</translation>
    </message>
    <message>
        <source>%1, %2 to %3</source>
        <comment>ARP, 192.0.2.1 to 192.0.2.2</comment>
        <translation>%1，%2 到 %3</translation>
    </message>
    <message>
        <source>%1 of %2 lost between %3 and %4</source>
        <translation>%2 个中有 %1 个在 %3 与 %4 之间丢失</translation>
    </message>
    <message>
        <source>%1 of %2: the answer was lost between %3 and %4</source>
        <translation>%2 个中有 %1 个：应答在 %3 与 %4 之间丢失</translation>
    </message>
    <message>
        <source>%1 of %2 without an answer: lost between %3 and %4, or in it</source>
        <translation>%2 个中有 %1 个没有应答：丢失在 %3 到 %4（含）之间</translation>
    </message>
    <message>
        <source>%1 of %2 answered</source>
        <translation>%2 个中有 %1 个得到应答</translation>
    </message>
    <message>
        <source>%1 of %2 refused</source>
        <translation>%2 个中有 %1 个被拒绝</translation>
    </message>
    <message>
        <source>%1 of %2 lost</source>
        <translation>%2 个中有 %1 个丢失</translation>
    </message>
    <message>
        <source>%1 asked when the capture ended</source>
        <translation>抓包结束时有 %1 个仍在等待应答</translation>
    </message>
    <message>
        <source>host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>VM</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>way out</source>
        <translation>出口</translation>
    </message>
    <message>
        <source>to outside</source>
        <translation>通往外部</translation>
    </message>
    <message>
        <source>host&apos;s side</source>
        <translation>主机侧</translation>
    </message>
    <message>
        <source>other port</source>
        <translation>其他端口</translation>
    </message>
    <message>
        <source>VM&apos;s port</source>
        <translation>虚拟机端口</translation>
    </message>
    <message>
        <source>inside VM</source>
        <translation>虚拟机内</translation>
    </message>
    <message>
        <source>point of capture</source>
        <translation>抓包点</translation>
    </message>
    <message>
        <source>from a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>frames dropped by the capture: %1</source>
        <translation>抓包丢弃的帧：%1</translation>
    </message>
    <message>
        <source>not opened</source>
        <translation>未打开</translation>
    </message>
    <message>
        <source>frames: %1</source>
        <translation>帧数：%1</translation>
    </message>
    <message>
        <source>dropped by the capture: %1</source>
        <translation>抓包丢弃：%1</translation>
    </message>
    <message>
        <source>%1 (%2 after the first)</source>
        <translation>%1（比第一个晚 %2）</translation>
    </message>
    <message>
        <source>MAC %1</source>
        <translation>MAC %1</translation>
    </message>
    <message>
        <source>VLAN %1</source>
        <translation>VLAN %1</translation>
    </message>
    <message>
        <source>TTL %1</source>
        <translation>TTL %1</translation>
    </message>
    <message>
        <source>ICMP type %1, code %2</source>
        <translation>ICMP 类型 %1，代码 %2</translation>
    </message>
    <message>
        <source>MTU %1</source>
        <translation>MTU %1</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>request at vnet0</comment>
        <translation>%1（%2 处）</translation>
    </message>
</context>
<context>
    <name>mode</name>
    <message>
        <source>NAT</source>
        <translation>NAT</translation>
    </message>
    <message>
        <source>NAT “%1”</source>
        <translation>NAT“%1”</translation>
    </message>
    <message>
        <source>routed</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>routed “%1”</source>
        <translation>路由“%1”</translation>
    </message>
    <message>
        <source>open</source>
        <translation>开放</translation>
    </message>
    <message>
        <source>open “%1”</source>
        <translation>开放“%1”</translation>
    </message>
    <message>
        <source>isolated</source>
        <translation>隔离</translation>
    </message>
    <message>
        <source>isolated “%1”</source>
        <translation>隔离“%1”</translation>
    </message>
    <message>
        <source>bridged</source>
        <translation>桥接</translation>
    </message>
    <message>
        <source>bridged “%1”</source>
        <translation>桥接“%1”</translation>
    </message>
    <message>
        <source>macvtap</source>
        <translation>macvtap</translation>
    </message>
    <message>
        <source>macvtap on %1</source>
        <translation>%1 上的 macvtap</translation>
    </message>
    <message>
        <source>user mode</source>
        <translation>用户模式</translation>
    </message>
</context>
<context>
    <name>options</name>
    <message>
        <source>Finds out why a VM can ping its host while the host cannot ping the VM, proves it, and hands over the commands that mend it.</source>
        <translation>找出虚拟机能 ping 通主机而主机 ping 不通虚拟机的原因，给出证据，并提供修复命令。</translation>
    </message>
    <message>
        <source>Find out why this host cannot ping a VM, live or from recorded evidence</source>
        <translation>找出本机 ping 不通虚拟机的原因：实时测量，或使用录制的证据</translation>
    </message>
    <message>
        <source>List VMs, checks, causes, remedies or recorded cases</source>
        <translation>列出虚拟机、检查、原因、修复办法或录制的案例</translation>
    </message>
    <message>
        <source>Explain an error code or message of ping, WinSock, errno or ICMP</source>
        <translation>解释 ping、WinSock、errno 或 ICMP 的错误代码或消息</translation>
    </message>
    <message>
        <source>Print the script that reads the VM&apos;s side; run it inside the VM</source>
        <translation>输出读取虚拟机一侧的脚本；请在虚拟机中运行</translation>
    </message>
    <message>
        <source>Name, UUID or address of the VM</source>
        <translation>虚拟机的名称、UUID 或地址</translation>
    </message>
    <message>
        <source>Evidence from a file: no probing, same verdict</source>
        <translation>使用文件中的证据：不做探测，结论相同</translation>
    </message>
    <message>
        <source>A built-in recorded case, see `list demos`</source>
        <translation>内置的录制案例，见 `list demos`</translation>
    </message>
    <message>
        <source>Ping from this address of the host</source>
        <translation>从主机的这个地址发出 ping</translation>
    </message>
    <message>
        <source>Host interface through which the VM is reached</source>
        <translation>到达虚拟机所经过的主机接口</translation>
    </message>
    <message>
        <source>libvirt URI</source>
        <translation>libvirt URI</translation>
    </message>
    <message>
        <source>What `guest-script` printed inside the VM</source>
        <translation>`guest-script` 在虚拟机中的输出</translation>
    </message>
    <message>
        <source>TCP ports to try</source>
        <translation>要尝试的 TCP 端口</translation>
    </message>
    <message>
        <source>Run only these checks, e.g. NET-7,POL-3</source>
        <translation>只运行这些检查，例如 NET-7,POL-3</translation>
    </message>
    <message>
        <source>Seconds after which the run ends with what it has</source>
        <translation>运行时限（秒），到时以已有的结果结束</translation>
    </message>
    <message>
        <source>Write the result as JSON to FILE, or - for standard output</source>
        <translation>把结果以 JSON 写入文件，- 表示标准输出</translation>
    </message>
    <message>
        <source>Write the report as one HTML file</source>
        <translation>把报告写成单个 HTML 文件</translation>
    </message>
    <message>
        <source>Write the report as Markdown</source>
        <translation>把报告写成 Markdown</translation>
    </message>
    <message>
        <source>Save the evidence as a .bothways session</source>
        <translation>把证据保存为 .bothways 会话文件</translation>
    </message>
    <message>
        <source>Language of the output</source>
        <translation>输出所用的语言</translation>
    </message>
    <message>
        <source>- for JSON on standard output</source>
        <translation>- 表示以 JSON 写到标准输出</translation>
    </message>
    <message>
        <source>Addresses of the host that the VM shall ping; default: its gateway</source>
        <translation>虚拟机要 ping 的主机地址；默认为其网关</translation>
    </message>
    <message>
        <source>Walk one packet through the rules of one hook, as the kernel would</source>
        <translation>让一个报文像在内核中那样走过某个挂接点的规则</translation>
    </message>
    <message>
        <source>Dump of the rules, - for standard input; may be given several times</source>
        <translation>规则的转储，- 表示标准输入；可多次给出</translation>
    </message>
    <message>
        <source>Its format; default: what it looks like</source>
        <translation>其格式；默认按内容判断</translation>
    </message>
    <message>
        <source>Where the packet is</source>
        <translation>报文所在的挂接点</translation>
    </message>
    <message>
        <source>The packet: key=value ...</source>
        <translation>报文：key=value ...</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>用法</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>OPTIONS</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Positionals</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Subcommands</source>
        <translation>子命令</translation>
    </message>
    <message>
        <source>SUBCOMMAND</source>
        <translation>子命令</translation>
    </message>
    <message>
        <source>REQUIRED</source>
        <translation>必需</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>需要</translation>
    </message>
    <message>
        <source>Excludes</source>
        <translation>不能同时使用</translation>
    </message>
    <message>
        <source>TEXT</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>INT</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>Print this help message and exit</source>
        <translation>显示此帮助并退出</translation>
    </message>
    <message>
        <source>Display program version information and exit</source>
        <translation>显示版本并退出</translation>
    </message>
    <message>
        <source>“%1” was not expected; see --help.</source>
        <translation>不认识“%1”；请看 --help。</translation>
    </message>
    <message>
        <source>A subcommand is required; see --help.</source>
        <translation>需要一个子命令；请看 --help。</translation>
    </message>
    <message>
        <source>%1 is required.</source>
        <translation>需要 %1。</translation>
    </message>
    <message>
        <source>%1 takes %2 as well.</source>
        <translation>使用 %1 时还需要 %2。</translation>
    </message>
    <message>
        <source>%1 and %2 exclude each other.</source>
        <translation>%1 与 %2 不能同时使用。</translation>
    </message>
    <message>
        <source>%1: “%2” is not one of %3.</source>
        <translation>%1：“%2”不在 %3 之中。</translation>
    </message>
    <message>
        <source>%1: “%2” is not in the range %3.</source>
        <translation>%1：“%2”不在范围 %3 内。</translation>
    </message>
    <message>
        <source>%1: “%2” is no number.</source>
        <translation>%1：“%2”不是数字。</translation>
    </message>
    <message>
        <source>%1: its value is missing.</source>
        <translation>%1：缺少取值。</translation>
    </message>
    <message>
        <source>Read a capture file: pings, loss, delays, connections, ARP and errors</source>
        <translation>读取抓包文件：ping、丢包、时延、连接、ARP 和差错</translation>
    </message>
    <message>
        <source>Capture file (pcap or pcapng), - for standard input</source>
        <translation>抓包文件（pcap 或 pcapng），- 表示标准输入</translation>
    </message>
    <message>
        <source>Write the report as PDF; needs no display</source>
        <translation>将报告写成 PDF；不需要显示器</translation>
    </message>
    <message>
        <source>Let pkexec ask for the password that gives the helper its rights</source>
        <translation>由 pkexec 询问密码，以授予辅助程序所需的权限</translation>
    </message>
    <message>
        <source>Put other addresses and names into all that is written and shown</source>
        <translation>在写出和显示的全部内容中替换地址和名称</translation>
    </message>
    <message>
        <source>Ask many addresses at once which of them answer ICMP echo, and ARP on our links</source>
        <translation>一次询问多个地址，看哪些应答 ICMP 回显；在直连链路上还看哪些应答 ARP</translation>
    </message>
    <message>
        <source>Prefixes and addresses, 65,536 addresses at most</source>
        <translation>前缀和地址，最多 65536 个地址</translation>
    </message>
    <message>
        <source>Capture file (pcap, pcapng) as evidence; several in order from the host&apos;s side to the VM&apos;s</source>
        <translation>作为证据的抓包文件（pcap、pcapng）；有多个时，按从主机侧到虚拟机侧的顺序给出</translation>
    </message>
    <message>
        <source>Seconds to wait for a ping out of the VM, where it cannot be asked; tells the command</source>
        <translation>虚拟机无法查询时，等待它发出 ping 的秒数；会给出要运行的命令</translation>
    </message>
    <message>
        <source>Measure on and on, with alerts, a learnt baseline and a diagnosis at an alert</source>
        <translation>持续测量，带告警、自学习的基线，并在告警时诊断</translation>
    </message>
    <message>
        <source>A series that was recorded: no probing, same numbers</source>
        <translation>已记录的序列：不探测，结果数字相同</translation>
    </message>
    <message>
        <source>Seconds between two pings</source>
        <translation>两次 ping 之间的秒数</translation>
    </message>
    <message>
        <source>Seconds to watch; default: until interrupted</source>
        <translation>监测的秒数；默认：直到被中断</translation>
    </message>
    <message>
        <source>Alert when fewer pings succeed, in percent</source>
        <translation>ping 成功率低于此值（百分比）时告警</translation>
    </message>
    <message>
        <source>Alert when more TCP handshakes fail, in percent</source>
        <translation>TCP 握手失败率高于此值（百分比）时告警</translation>
    </message>
    <message>
        <source>The last so many samples decide</source>
        <translation>由最近多少个样本决定</translation>
    </message>
    <message>
        <source>Minutes from one diagnosis at an alert to the next; 0: none</source>
        <translation>两次告警诊断之间的分钟数；0：不诊断</translation>
    </message>
    <message>
        <source>Where the samples are kept; default: a file per VM in the user&apos;s data folder</source>
        <translation>样本保存在哪里；默认：用户数据文件夹中每台虚拟机一个文件</translation>
    </message>
    <message>
        <source>Write the samples as CSV to FILE, or - for standard output</source>
        <translation>把样本以 CSV 写入 FILE，- 表示标准输出</translation>
    </message>
    <message>
        <source>FLOAT</source>
        <translation>小数</translation>
    </message>
    <message>
        <source>Print what a bug report needs of this program and machine, nothing private among it</source>
        <translation>输出报告缺陷所需的本程序和本机信息，不含隐私内容</translation>
    </message>
    <message>
        <source>Compare two sessions: what came, what went, what changed in between</source>
        <translation>比较两个会话：新增了什么、少了什么、其间改变了什么</translation>
    </message>
    <message>
        <source>The earlier .bothways session</source>
        <translation>较早的 .bothways 会话</translation>
    </message>
    <message>
        <source>The later .bothways session</source>
        <translation>较晚的 .bothways 会话</translation>
    </message>
    <message>
        <source>%1: the name of the file is empty.</source>
        <translation>%1：文件名为空。</translation>
    </message>
    <message>
        <source>%1: “%2” is where %3 writes already.</source>
        <translation>%1：“%2”已经是 %3 要写入的地方。</translation>
    </message>
    <message>
        <source>Write what mends it as scripts into this folder: do, undo, verify, try</source>
        <translation>把修复办法作为脚本写入此文件夹：修复、撤销、验证、试行</translation>
    </message>
</context>
<context>
    <name>privilege</name>
    <message>
        <source>The helper did not answer in time.</source>
        <translation>辅助程序未在时限内应答。</translation>
    </message>
    <message>
        <source>The helper answered something that was not asked; it was ended.</source>
        <translation>辅助程序应答了未曾请求的内容，已将其终止。</translation>
    </message>
    <message>
        <source>The helper&apos;s rights do not reach it: %1.</source>
        <translation>辅助程序的权限不足以读取：%1。</translation>
    </message>
    <message>
        <source>The helper could not read it: %1.</source>
        <translation>辅助程序无法读取：%1。</translation>
    </message>
    <message>
        <source>The helper %1 could not be started: %2.</source>
        <translation>无法启动辅助程序 %1：%2。</translation>
    </message>
    <message>
        <source>The helper said what no helper says (%1); it was ended.</source>
        <translation>辅助程序发来无效消息（%1），已将其终止。</translation>
    </message>
    <message>
        <source>Stopped before the helper had answered.</source>
        <translation>在辅助程序应答之前已停止。</translation>
    </message>
    <message>
        <source>The helper does not listen any more; it was ended.</source>
        <translation>辅助程序不再接收请求，已将其终止。</translation>
    </message>
    <message>
        <source>The helper was ended by signal %1.</source>
        <translation>辅助程序被信号 %1 终止。</translation>
    </message>
    <message>
        <source>The helper could not give up the rights that it does not need, so it did not begin.</source>
        <translation>辅助程序未能放弃不需要的权限，因此没有开始工作。</translation>
    </message>
    <message>
        <source>The helper ended with status %1.</source>
        <translation>辅助程序已结束，状态码为 %1。</translation>
    </message>
    <message>
        <source>The helper refused: %1.</source>
        <translation>辅助程序拒绝了请求：%1。</translation>
    </message>
    <message>
        <source>It is not known how this helper was started.</source>
        <translation>不知道此辅助程序是如何启动的。</translation>
    </message>
    <message>
        <source>The rights for the helper were not granted: the question for the password was closed.</source>
        <translation>未授予辅助程序所需的权限：询问密码的对话框已被关闭。</translation>
    </message>
    <message>
        <source>The rights for the helper were not granted: this user may not have them, or nothing here can ask for the password.</source>
        <translation>未授予辅助程序所需的权限：当前用户不得拥有这些权限，或这里没有程序可以询问密码。</translation>
    </message>
</context>
<context>
    <name>probe</name>
    <message>
        <source>A link-local address is only meaningful on an interface, and there is no interface &apos;%1&apos;.</source>
        <translation>链路本地地址只在某个接口上才有意义，而接口 &apos;%1&apos; 不存在。</translation>
    </message>
    <message>
        <source>The kernel gives no ping socket (net.ipv4.ping_group_range): %1.</source>
        <translation>内核不提供 ping 套接字（net.ipv4.ping_group_range）：%1。</translation>
    </message>
    <message>
        <source>The kernel gives no raw socket (CAP_NET_RAW): %1.</source>
        <translation>内核不提供原始套接字（CAP_NET_RAW）：%1。</translation>
    </message>
    <message>
        <source>Cannot use the source address %1: %2.</source>
        <translation>无法使用源地址 %1：%2。</translation>
    </message>
    <message>
        <source>There is no interface &apos;%1&apos;.</source>
        <translation>接口 &apos;%1&apos; 不存在。</translation>
    </message>
    <message>
        <source>The kernel gives no packet socket (CAP_NET_RAW): %1.</source>
        <translation>内核不提供 packet 套接字（CAP_NET_RAW）：%1。</translation>
    </message>
    <message>
        <source>Cannot listen on the interface &apos;%1&apos;: %2.</source>
        <translation>无法在接口 &apos;%1&apos; 上监听：%2。</translation>
    </message>
    <message>
        <source>The interface &apos;%1&apos; does not tell its hardware address: %2.</source>
        <translation>接口 &apos;%1&apos; 没有给出其硬件地址：%2。</translation>
    </message>
    <message>
        <source>The interface &apos;%1&apos; is not Ethernet; nobody is asked for a hardware address there.</source>
        <translation>接口 &apos;%1&apos; 不是以太网；在那里不查询硬件地址。</translation>
    </message>
    <message>
        <source>Cannot send on the interface &apos;%1&apos;: %2.</source>
        <translation>无法在接口 &apos;%1&apos; 上发送：%2。</translation>
    </message>
    <message>
        <source>There is no ping program at /usr/bin/ping or /bin/ping.</source>
        <translation>/usr/bin/ping 和 /bin/ping 都没有 ping 程序。</translation>
    </message>
    <message>
        <source>%1 cannot be started: %2.</source>
        <translation>无法启动 %1：%2。</translation>
    </message>
    <message>
        <source>%1 failed with exit code %2: %3</source>
        <translation>%1 失败，退出码 %2：%3</translation>
    </message>
    <message>
        <source>There is no port %1.</source>
        <translation>端口 %1 不存在。</translation>
    </message>
    <message>
        <source>The kernel gives no socket: %1.</source>
        <translation>内核不提供套接字：%1。</translation>
    </message>
    <message>
        <source>Cannot set the hop limit or the fragmentation of the requests: %1.</source>
        <translation>无法设置请求的跳数限制或分片方式：%1。</translation>
    </message>
    <message>
        <source>ARP was not asked by us but left to the kernel. %1</source>
        <translation>ARP 没有由本程序询问，而是交给了内核。%1</translation>
    </message>
</context>
<context>
    <name>numbers</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>under %1 %</source>
        <translation>不到 %1 %</translation>
    </message>
    <message>
        <source>over %1 %</source>
        <translation>超过 %1 %</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>punctuation</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two whole sentences</comment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the items of a list</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>; </source>
        <comment>between the clauses of a sentence</comment>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>remedies</name>
    <message>
        <source>Take echo-request off the list of ICMP types that the firewalld zone blocks</source>
        <translation>从 firewalld 区域的 ICMP 阻止列表中去掉 echo-request</translation>
    </message>
    <message>
        <source>Opens zone %1 to echo requests from every source, not only this host. Until firewalld is reloaded.</source>
        <translation>区域 %1 将放行来自所有源地址的回显请求，而不仅是本主机的。firewalld 重新加载后失效。</translation>
    </message>
    <message>
        <source>Let this host&apos;s echo requests in, through firewalld</source>
        <translation>用 firewalld 放行本主机的回显请求</translation>
    </message>
    <message>
        <source>Adds a rich rule for this host alone to zone %1. Until firewalld is reloaded.</source>
        <translation>在区域 %1 中添加一条只针对本主机的富规则。firewalld 重新加载后失效。</translation>
    </message>
    <message>
        <source>Let this host&apos;s echo requests in, through firewalld, for good</source>
        <translation>用 firewalld 永久放行本主机的回显请求</translation>
    </message>
    <message>
        <source>Adds a rich rule for this host alone to zone %1, now and after every restart.</source>
        <translation>在区域 %1 中添加一条只针对本主机的富规则，立即生效，每次重启后也有效。</translation>
    </message>
    <message>
        <source>Let this host&apos;s echo requests in, through ufw, for good</source>
        <translation>用 ufw 永久放行本主机的回显请求</translation>
    </message>
    <message>
        <source>Adds a line for this host alone before the first rule of ufw-before-input in /etc/ufw/before.rules and reloads ufw.</source>
        <translation>在 /etc/ufw/before.rules 中 ufw-before-input 的第一条规则之前添加一行只针对本主机的规则，并重新加载 ufw。</translation>
    </message>
    <message>
        <source>Let this echo through the bridge, before the rule that drops it</source>
        <translation>在丢弃它的规则之前，让此回显报文通过网桥</translation>
    </message>
    <message>
        <source>Let the VM&apos;s echo replies to this host out, before the rule that drops them</source>
        <translation>在丢弃它们的规则之前，放行虚拟机发给本主机的回显应答</translation>
    </message>
    <message>
        <source>Let this host&apos;s echo requests into the VM, before the rule that drops them</source>
        <translation>在丢弃它们的规则之前，放行本主机进入虚拟机的回显请求</translation>
    </message>
    <message>
        <source>Let the VM&apos;s echo replies into this host, before the rule that drops them</source>
        <translation>在丢弃它们的规则之前，放行虚拟机进入本主机的回显应答</translation>
    </message>
    <message>
        <source>Let echo requests to the VM out of this host, before the rule that drops them</source>
        <translation>在丢弃它们的规则之前，放行本主机发往虚拟机的回显请求</translation>
    </message>
    <message>
        <source>Let the VM&apos;s echo requests into this host, before the rule that drops them</source>
        <translation>在丢弃它们的规则之前，放行虚拟机进入本主机的回显请求</translation>
    </message>
    <message>
        <source>Adds to the end of chain %1, where its policy decides: accept %2. Until the rules are loaded again.</source>
        <translation>在由默认策略决定的链 %1 的末尾添加：accept %2。规则重新加载后失效。</translation>
    </message>
    <message>
        <source>Adds to chain %1, right before the rule that decides: accept %2. Until the rules are loaded again.</source>
        <translation>在链 %1 中，紧挨起决定作用的规则之前添加：accept %2。规则重新加载后失效。</translation>
    </message>
    <message>
        <source>Plug the VM&apos;s network cable in</source>
        <translation>插上虚拟机的网线</translation>
    </message>
    <message>
        <source>Sets the link of the VM&apos;s adapter to up in the hypervisor, until the VM is shut off.</source>
        <translation>在虚拟化平台上把虚拟机网卡的链路置为连接，虚拟机关机后失效。</translation>
    </message>
    <message>
        <source>Let the bridge port of the VM forward again</source>
        <translation>让虚拟机的网桥端口恢复转发</translation>
    </message>
    <message>
        <source>Sets on port %1: %2. Until the VM is shut off.</source>
        <translation>在端口 %1 上设置：%2。虚拟机关机后失效。</translation>
    </message>
    <message>
        <source>Give the VM a second adapter on a virtual network that the host is part of</source>
        <translation>给虚拟机添加第二块网卡，接到主机也在其中的虚拟网络</translation>
    </message>
    <message>
        <source>Plugs an adapter on network %1 into the running VM, which takes an address there by DHCP and is pinged at it. The first adapter stays. Until the VM is shut off.</source>
        <translation>给运行中的虚拟机热插一块接到网络 %1 的网卡，它通过 DHCP 在那里获得地址，并用该地址 ping 它。第一块网卡保留。虚拟机关机后失效。</translation>
    </message>
    <message>
        <source>Reach the VM through a macvlan beside its own</source>
        <translation>通过与虚拟机并列的 macvlan 到达它</translation>
    </message>
    <message>
        <source>Adds the link %1 on %2 and one host route to %3 over it. Until reboot.</source>
        <translation>在 %2 上添加链路 %1，并经由它添加一条到 %3 的主机路由。重启后失效。</translation>
    </message>
    <message>
        <source>Bring the host&apos;s adapter on the VM&apos;s network up</source>
        <translation>启用主机连接虚拟机网络的网卡</translation>
    </message>
    <message>
        <source>Sets %1 up, until reboot.</source>
        <translation>启用 %1，重启后失效。</translation>
    </message>
    <message>
        <source>Start the virtual network that the VM is plugged into</source>
        <translation>启动虚拟机所接的虚拟网络</translation>
    </message>
    <message>
        <source>Starts network %1: its bridge, the host&apos;s address on it and its DHCP server. Until reboot.</source>
        <translation>启动网络 %1：它的网桥、主机在其上的地址及其 DHCP 服务器。重启后失效。</translation>
    </message>
    <message>
        <source>Bring the link up</source>
        <translation>启用链路</translation>
    </message>
    <message>
        <source>Let the paused VM run on</source>
        <translation>让已暂停的虚拟机继续运行</translation>
    </message>
    <message>
        <source>Resumes the VM.</source>
        <translation>恢复虚拟机运行。</translation>
    </message>
    <message>
        <source>Forget the wrong hardware address, so that it is asked for again</source>
        <translation>清除错误的硬件地址，使其重新解析</translation>
    </message>
    <message>
        <source>Deletes the entry %1 at %2 on %3; the next packet asks anew who has the address.</source>
        <translation>删除 %3 上 %1 的邻居表项（%2）；下一个报文会重新询问该地址由谁持有。</translation>
    </message>
    <message>
        <source>Pin the VM&apos;s own hardware address here, until the other owner of its address is changed</source>
        <translation>在地址的另一持有者更改之前，在本机绑定虚拟机自己的硬件地址</translation>
    </message>
    <message>
        <source>A stop-gap on this host alone: %1 is also claimed by %2. That machine must be given another address; only this ends the conflict. The pinned entry must go when the VM&apos;s hardware address changes.</source>
        <translation>只是本机上的权宜之计：%1 也被 %2 声称持有。必须给那台机器换一个地址；只有这样才能消除冲突。虚拟机的硬件地址改变时，必须删除这条绑定的表项。</translation>
    </message>
    <message>
        <source>Add a route to the other end, which the mask leaves out</source>
        <translation>添加到对端的路由（对端在掩码范围之外）</translation>
    </message>
    <message>
        <source>Adds one host route to %1 over %2. Until reboot; for good, the address must become %3.</source>
        <translation>经 %2 添加一条到 %1 的主机路由。重启后失效；要永久生效，地址必须改为 %3。</translation>
    </message>
    <message>
        <source>Add a port mapping</source>
        <translation>添加端口映射</translation>
    </message>
    <message>
        <source>Add a host-only adapter</source>
        <translation>添加仅主机（host-only）网卡</translation>
    </message>
    <message>
        <source>Change to bridged</source>
        <translation>改为桥接</translation>
    </message>
    <message>
        <source>Replace user mode or macvtap, or bring the host adapter back</source>
        <translation>替换用户模式或 macvtap，或恢复主机网卡</translation>
    </message>
    <message>
        <source>Allow echo in the guest</source>
        <translation>在虚拟机中放行回显</translation>
    </message>
    <message>
        <source>Allow echo on the host</source>
        <translation>在主机上放行回显</translation>
    </message>
    <message>
        <source>Allow ICMPv6 and neighbour discovery</source>
        <translation>放行 ICMPv6 和邻居发现</translation>
    </message>
    <message>
        <source>Security group and network ACL entries</source>
        <translation>安全组和网络 ACL 条目</translation>
    </message>
    <message>
        <source>Remove or adjust the bridge filter</source>
        <translation>删除或调整网桥过滤</translation>
    </message>
    <message>
        <source>vSphere security policy, Hyper-V port ACL and MAC spoofing</source>
        <translation>vSphere 安全策略、Hyper-V 端口 ACL 与 MAC 欺骗</translation>
    </message>
    <message>
        <source>Port state, isolation and forwarding database</source>
        <translation>端口状态、端口隔离与转发数据库</translation>
    </message>
    <message>
        <source>Accept what Docker&apos;s forward policy or bridge-nf drops</source>
        <translation>放行被 Docker 的 FORWARD 策略或 bridge-nf 丢弃的报文</translation>
    </message>
    <message>
        <source>Port security: raise, clear, re-enable</source>
        <translation>端口安全：提高上限、清除、重新启用</translation>
    </message>
    <message>
        <source>Pin the VM&apos;s hardware address</source>
        <translation>固定虚拟机的硬件地址</translation>
    </message>
    <message>
        <source>Align the VLAN tag</source>
        <translation>统一 VLAN 标签</translation>
    </message>
    <message>
        <source>Inter-VLAN route or trunk</source>
        <translation>VLAN 间路由或 trunk</translation>
    </message>
    <message>
        <source>Correct the default route</source>
        <translation>修正默认路由</translation>
    </message>
    <message>
        <source>Add a route</source>
        <translation>添加路由</translation>
    </message>
    <message>
        <source>Remove an overlap, metric or policy rule</source>
        <translation>去除重叠的前缀、修正度量值或策略路由规则</translation>
    </message>
    <message>
        <source>Reverse path filter and forwarding</source>
        <translation>反向路径过滤与转发</translation>
    </message>
    <message>
        <source>Flush or replace a neighbour entry</source>
        <translation>清除或替换邻居表项</translation>
    </message>
    <message>
        <source>Resolve an address conflict</source>
        <translation>解决地址冲突</translation>
    </message>
    <message>
        <source>New hardware address for a clone</source>
        <translation>给克隆的虚拟机换新的硬件地址</translation>
    </message>
    <message>
        <source>Neighbour table limits, ageing and ARP policy</source>
        <translation>邻居表上限、老化与 ARP 策略</translation>
    </message>
    <message>
        <source>Align the MTU</source>
        <translation>统一 MTU</translation>
    </message>
    <message>
        <source>Echo, TTL and ICMP rate switches</source>
        <translation>回显、TTL 与 ICMP 限速开关</translation>
    </message>
    <message>
        <source>Enlarge the connection tables</source>
        <translation>扩大连接表</translation>
    </message>
    <message>
        <source>Link, driver and power of the VM</source>
        <translation>虚拟机的链路、驱动与电源</translation>
    </message>
    <message>
        <source>Add a route back to this host in the VM</source>
        <translation>在虚拟机中添加返回本主机的路由</translation>
    </message>
    <message>
        <source>Add a route to the VM&apos;s address alone</source>
        <translation>添加一条只到虚拟机地址的路由</translation>
    </message>
    <message>
        <source>Adds one host route to %1 over %2; every other destination keeps its way. Until reboot.</source>
        <translation>经 %2 添加一条到 %1 的主机路由；其他目的地址的走向不变。重启后失效。</translation>
    </message>
    <message>
        <source>Take away the route that diverts the echo</source>
        <translation>去掉把回显报文引向别处的路由</translation>
    </message>
    <message>
        <source>Deletes the route %1: everything it carried goes another way. Until reboot or until its owner sets it again.</source>
        <translation>删除路由 %1：原先经由它的一切都将改走别处。重启后，或其所有者再次设置它后，恢复原状。</translation>
    </message>
    <message>
        <source>Point the default route at the right gateway</source>
        <translation>把默认路由指向正确的网关</translation>
    </message>
    <message>
        <source>Sets the default route to %1 over %2. Until reboot.</source>
        <translation>把默认路由设为网关 %1、接口 %2。重启后失效。</translation>
    </message>
    <message>
        <source>Send the other end&apos;s address past the policy rule that diverts it</source>
        <translation>让到对端地址的报文绕过把它引向别处的策略路由规则</translation>
    </message>
    <message>
        <source>Adds one policy rule for %1 alone, before all others. Until reboot.</source>
        <translation>在所有其他规则之前添加一条只针对 %1 的策略路由规则。重启后失效。</translation>
    </message>
    <message>
        <source>Let the VM&apos;s kernel answer echo requests again</source>
        <translation>让虚拟机内核重新应答回显请求</translation>
    </message>
    <message>
        <source>Let this host&apos;s kernel answer echo requests again</source>
        <translation>让本机内核重新应答回显请求</translation>
    </message>
    <message>
        <source>Enlarge the connection table</source>
        <translation>扩大连接跟踪表</translation>
    </message>
    <message>
        <source>Correct the kernel&apos;s ARP settings</source>
        <translation>修正内核的 ARP 设置</translation>
    </message>
    <message>
        <source>Relax the VM&apos;s check of source addresses</source>
        <translation>放宽虚拟机对源地址的检查</translation>
    </message>
    <message>
        <source>Correct this host&apos;s check of source addresses</source>
        <translation>修正本机对源地址的检查</translation>
    </message>
    <message>
        <source>Sets %1 from %2 to %3. Until reboot.</source>
        <translation>把 %1 从 %2 设为 %3。重启后失效。</translation>
    </message>
    <message>
        <source>Let this host&apos;s echo requests through the Windows firewall of the VM</source>
        <translation>在虚拟机的 Windows 防火墙中放行本主机的回显请求</translation>
    </message>
    <message>
        <source>Adds one inbound rule for echo requests from %1 alone, in every profile.</source>
        <translation>添加一条只针对来自 %1 的回显请求的入站规则，在所有配置文件中生效。</translation>
    </message>
    <message>
        <source>Turn on the echo rule that Windows ships</source>
        <translation>启用 Windows 自带的回显规则</translation>
    </message>
    <message>
        <source>Opens the VM to echo requests from every source, in every profile.</source>
        <translation>使虚拟机接受来自所有源地址的回显请求，在所有配置文件中生效。</translation>
    </message>
    <message>
        <source>another machine</source>
        <translation>另一台机器</translation>
    </message>
    <message>
        <source>Give the VM&apos;s interface the MTU of the host</source>
        <translation>把虚拟机接口的 MTU 设为与主机相同</translation>
    </message>
    <message>
        <source>Give the VM&apos;s port the MTU of the host</source>
        <translation>把虚拟机端口的 MTU 设为与主机相同</translation>
    </message>
    <message>
        <source>Sets the MTU of %1 from %2 to %3. Until reboot.</source>
        <translation>把 %1 的 MTU 从 %2 设为 %3。重启后失效。</translation>
    </message>
    <message>
        <source>Send the VM no larger packets than arrive</source>
        <translation>发给虚拟机的数据包不大于能到达的大小</translation>
    </message>
    <message>
        <source>Adds a route to %1 alone over %2 with an MTU of %3 instead of %4. Until reboot.</source>
        <translation>仅为 %1 增加一条经 %2 的路由，MTU 为 %3 而不是 %4。重启前有效。</translation>
    </message>
    <message>
        <source>Give packets a TTL that lasts to the VM</source>
        <translation>使报文的 TTL 足以到达虚拟机</translation>
    </message>
    <message>
        <source>Send replies to the other end past the policy rule that diverts them</source>
        <translation>让给对端的应答绕过使其改道的策略规则</translation>
    </message>
    <message>
        <source>Adds one policy rule for packets from %1 to %2. Until reboot.</source>
        <translation>为从 %1 到 %2 的数据包添加一条策略规则。重启前有效。</translation>
    </message>
    <message>
        <source>Send all that is bound to this address past the policy rule</source>
        <translation>让绑定到该地址的全部数据包绕过该策略规则</translation>
    </message>
    <message>
        <source>Adds one policy rule for packets from %1 to anywhere. Until reboot.</source>
        <translation>为从 %1 发往任何地方的数据包添加一条策略规则。重启前有效。</translation>
    </message>
    <message>
        <source>Let the bridge flood groups, neighbour solicitations among them</source>
        <translation>让网桥泛洪组播，包括邻居请求</translation>
    </message>
    <message>
        <source>Switches multicast snooping of %1 off: groups go to every port. Until reboot.</source>
        <translation>关闭 %1 的组播侦听：组播送往每个端口。重启前有效。</translation>
    </message>
    <message>
        <source>Put the bridge itself into the VM&apos;s VLAN</source>
        <translation>把网桥自身加入虚拟机的 VLAN</translation>
    </message>
    <message>
        <source>Put the port into the VLAN of the other end</source>
        <translation>把端口加入对端的 VLAN</translation>
    </message>
    <message>
        <source>%1 becomes a member of VLAN %2. Until reboot.</source>
        <translation>%1 成为 VLAN %2 的成员。重启前有效。</translation>
    </message>
    <message>
        <source>Let this echo through the bridge, before the rule of the packet filter that drops it</source>
        <translation>在丢弃它的包过滤规则之前，让该回显通过网桥</translation>
    </message>
    <message>
        <source>Leave the VM&apos;s pings of this address untranslated</source>
        <translation>不转换虚拟机对该地址的 ping</translation>
    </message>
    <message>
        <source>Move the host&apos;s address from the bridge&apos;s port to the bridge</source>
        <translation>把主机的地址从网桥端口移到网桥</translation>
    </message>
    <message>
        <source>%1 goes from %2 to %3, with the routes through its gateways. Until reboot or until its owner sets it.</source>
        <translation>%1 从 %2 移到 %3，连同经其网关的路由。直到重启或其管理者再次设置。</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>open</source>
        <translation>开放</translation>
    </message>
    <message>
        <source>refused, so reachable</source>
        <translation>被拒绝，因此可达</translation>
    </message>
    <message>
        <source>silence</source>
        <translation>无响应</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>有应答</translation>
    </message>
    <message>
        <source>unanswered</source>
        <translation>未应答</translation>
    </message>
    <message>
        <source>present, agrees</source>
        <translation>存在，一致</translation>
    </message>
    <message>
        <source>present, differs</source>
        <translation>存在，不一致</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>unreachable</source>
        <translation>不可达</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>被禁止</translation>
    </message>
    <message>
        <source>[%1 more characters in the session file]</source>
        <translation>[会话文件中还有 %1 个字符]</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <translation>丢包 %1</translation>
    </message>
    <message>
        <source>%1 on average</source>
        <translation>平均 %1</translation>
    </message>
    <message>
        <source>min %1 · avg %2 · p95 %3</source>
        <translation>最小 %1 · 平均 %2 · p95 %3</translation>
    </message>
    <message>
        <source>%1 of %2 answered</source>
        <translation>%2 个中有 %1 个得到应答</translation>
    </message>
    <message>
        <source>One-way: the VM reaches this host, this host does not reach the VM</source>
        <translation>单通：虚拟机能到达本主机，本主机到不了虚拟机</translation>
    </message>
    <message>
        <source>The VM&apos;s pings come from, or go to, another address than the one pinged</source>
        <translation>虚拟机 ping 所用的源地址或目的地址与所 ping 的地址不同</translation>
    </message>
    <message>
        <source>Neither direction works</source>
        <translation>两个方向都不通</translation>
    </message>
    <message>
        <source>Ping works both ways, what is above it does not</source>
        <translation>双向都能 ping 通，其上层不通</translation>
    </message>
    <message>
        <source>It works only in part</source>
        <translation>只有部分报文能通</translation>
    </message>
    <message>
        <source>Both directions work</source>
        <translation>两个方向都正常</translation>
    </message>
    <message>
        <source>The direction from the VM to this host could not be observed</source>
        <translation>无法观察从虚拟机到本主机的方向</translation>
    </message>
    <message>
        <source>host → VM</source>
        <translation>主机 → 虚拟机</translation>
    </message>
    <message>
        <source>VM → host</source>
        <translation>虚拟机 → 主机</translation>
    </message>
    <message>
        <source>on this host</source>
        <translation>在本机上</translation>
    </message>
    <message>
        <source>in the VM</source>
        <translation>在虚拟机中</translation>
    </message>
    <message>
        <source>on the hypervisor</source>
        <translation>在虚拟化主机上</translation>
    </message>
    <message>
        <source>on the switch</source>
        <translation>在交换机上</translation>
    </message>
    <message>
        <source>at the cloud provider</source>
        <translation>在云服务商处</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>proven</source>
        <translation>已证实</translation>
    </message>
    <message>
        <source>probable</source>
        <translation>很可能</translation>
    </message>
    <message>
        <source>possible</source>
        <translation>可能</translation>
    </message>
    <message>
        <source>ruled out</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>Nothing needs mending.</source>
        <translation>无需修复。</translation>
    </message>
    <message>
        <source>No remedy follows from what could be seen.</source>
        <translation>从所能看到的信息得不出修复措施。</translation>
    </message>
    <message>
        <source>Do, on the switch</source>
        <translation>执行（在交换机上）</translation>
    </message>
    <message>
        <source>Do, with the cloud’s command line</source>
        <translation>执行（用云平台的命令行工具）</translation>
    </message>
    <message>
        <source>Do, as administrator %1</source>
        <translation>执行（%1，以管理员身份）</translation>
    </message>
    <message>
        <source>Do, as root %1</source>
        <translation>执行（%1，以 root 身份）</translation>
    </message>
    <message>
        <source>%1 is not built in this version.</source>
        <translation>%1 在此版本中尚未实现。</translation>
    </message>
    <message>
        <source>%1 checks are not built in this version: %2.</source>
        <translation>%1 项检查在此版本中尚未实现：%2。</translation>
    </message>
    <message>
        <source>this host</source>
        <translation>本主机</translation>
    </message>
    <message>
        <source>the VM</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>Symptom</source>
        <translation>症状</translation>
    </message>
    <message>
        <source>This host to the VM</source>
        <translation>本主机到虚拟机</translation>
    </message>
    <message>
        <source>The VM to this host</source>
        <translation>虚拟机到本主机</translation>
    </message>
    <message>
        <source>ICMP echo</source>
        <translation>ICMP 回显</translation>
    </message>
    <message>
        <source>TCP connect</source>
        <translation>TCP 连接</translation>
    </message>
    <message>
        <source>ARP request</source>
        <translation>ARP 请求</translation>
    </message>
    <message>
        <source>ARP cache</source>
        <translation>ARP 缓存</translation>
    </message>
    <message>
        <source>Speaks for it</source>
        <translation>支持的证据</translation>
    </message>
    <message>
        <source>Speaks against it</source>
        <translation>反对的证据</translation>
    </message>
    <message>
        <source>What would decide it: %1</source>
        <translation>判定办法：%1</translation>
    </message>
    <message>
        <source>Both directions were measured and nothing stands in the way.</source>
        <translation>两个方向都已测量，没有任何阻碍。</translation>
    </message>
    <message>
        <source>What was seen fits no cause well enough. Below is what was ruled out; a chapter marked unknown or skipped may hold the answer.</source>
        <translation>观察到的现象与任何原因都不够吻合。下面列出已排除的原因；答案可能在标为“未知”或“已跳过”的章节里。</translation>
    </message>
    <message>
        <source>Proven: the object is named, and an independent observation agrees.</source>
        <translation>已证实：已指明具体对象，并有独立的观察佐证。</translation>
    </message>
    <message>
        <source>Probable: the object is named, but nothing independent confirms it yet.</source>
        <translation>很可能：已指明具体对象，但尚无独立的佐证。</translation>
    </message>
    <message>
        <source>Possible: one further observation would decide it.</source>
        <translation>可能：再多一项观察即可判定。</translation>
    </message>
    <message>
        <source>A second fault lies behind the first.</source>
        <translation>第一个故障背后还有第二个故障。</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>No cause is left.</source>
        <translation>没有剩下任何原因。</translation>
    </message>
    <message>
        <source>Ruled out</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>low risk</source>
        <translation>低风险</translation>
    </message>
    <message>
        <source>medium risk</source>
        <translation>中风险</translation>
    </message>
    <message>
        <source>high risk</source>
        <translation>高风险</translation>
    </message>
    <message>
        <source>kept after reboot</source>
        <translation>重启后仍有效</translation>
    </message>
    <message>
        <source>until reboot</source>
        <translation>重启后失效</translation>
    </message>
    <message>
        <source>Undo, at the same place</source>
        <translation>撤销（在同一位置）</translation>
    </message>
    <message>
        <source>Verify, on this host</source>
        <translation>验证（在本机上）</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>What it cannot see: %1</source>
        <translation>它看不到：%1</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>What could not be tested, and what would enable it</source>
        <translation>未能测试的项目，以及如何使其可测</translation>
    </message>
    <message>
        <source>The run was stopped before its end: what was measured until then is here.</source>
        <translation>运行在结束前被停止：这里是此前测得的数据。</translation>
    </message>
    <message>
        <source>Commands for Linux are POSIX shell and run as root; each undo restores what was there before.</source>
        <translation>Linux 命令为 POSIX shell 命令，以 root 身份运行；每个撤销命令都恢复原状。</translation>
    </message>
    <message>
        <source>%1 %2 on %3. Started %4, finished %5 (UTC).</source>
        <translation>%1 %2，运行于 %3。开始 %4，结束 %5（UTC）。</translation>
    </message>
    <message>
        <source>en</source>
        <comment>the BCP 47 code of this translation, such as zh-CN</comment>
        <translation>zh-CN</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>host to VM:</source>
        <translation>主机到虚拟机：</translation>
    </message>
    <message>
        <source>VM to host:</source>
        <translation>虚拟机到主机：</translation>
    </message>
    <message>
        <source>Further possible causes: %1, see --html or --json.</source>
        <translation>其他可能的原因：%1，见 --html 或 --json。</translation>
    </message>
    <message>
        <source>Further remedies: %1, see --html or --json.</source>
        <translation>其他修复措施：%1，见 --html 或 --json。</translation>
    </message>
    <message>
        <source>Not tested</source>
        <translation>未测试</translation>
    </message>
    <message>
        <source>The whole report, with every remedy and all evidence: --html FILE</source>
        <translation>完整报告（含所有修复措施和全部证据）：--html FILE</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1：%2，%3</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>拓扑</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>第 %1 页，共 %2 页</translation>
    </message>
    <message>
        <source>Journeys of packets</source>
        <translation>报文的行程</translation>
    </message>
    <message>
        <source>Where frames were captured</source>
        <translation>帧是在哪里抓到的</translation>
    </message>
    <message>
        <source>Nothing was captured.</source>
        <translation>没有抓到任何报文。</translation>
    </message>
    <message>
        <source>Nothing was captured</source>
        <translation>没有抓到任何报文</translation>
    </message>
    <message>
        <source>No packet between this host and the VM was captured.</source>
        <translation>没有抓到主机与虚拟机之间的报文。</translation>
    </message>
    <message>
        <source>Kinds of journeys that are not listed here: %1.</source>
        <translation>此处未列出的行程种类：%1。</translation>
    </message>
    <message>
        <source>Points of capture that are not listed here: %1.</source>
        <translation>此处未列出的抓包点：%1。</translation>
    </message>
    <message>
        <source>Packets that the capture had no room to follow: %1.</source>
        <translation>抓包因表已满而未跟踪的报文：%1。</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>%1 之后</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Captured at</source>
        <translation>抓包点</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>What it caught</source>
        <translation>抓到的内容</translation>
    </message>
    <message>
        <source>Further kinds of journeys: %1, see --html or --json.</source>
        <translation>其他行程种类：%1，见 --html 或 --json。</translation>
    </message>
    <message>
        <source>%1: %2, which gives %3 points</source>
        <translation>%1：%2，得 %3 分</translation>
    </message>
    <message>
        <source>Not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>不计入</translation>
    </message>
    <message>
        <source>weight %1</source>
        <translation>权重 %1</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>%1 of 100</source>
        <translation>%1/100</translation>
    </message>
    <message>
        <source>Nothing was measured that a score could rest on.</source>
        <translation>没有测得任何可以据以评分的内容。</translation>
    </message>
    <message>
        <source>How it is made.</source>
        <translation>计算方法：</translation>
    </message>
    <message>
        <source>%1: %2 (weight %3)</source>
        <translation>%1：%2（权重 %3）</translation>
    </message>
    <message>
        <source>%1 is left out. %2</source>
        <translation>%1不计入。%2</translation>
    </message>
    <message>
        <source>The session file that belongs to this report has this SHA-256, before compression. A redacted report belongs to the redacted session, not to the one it was made from. To compare:</source>
        <translation>与本报告对应的会话文件，压缩前的 SHA-256 如下。隐去身份的报告对应隐去身份的会话，而不是原来的会话。核对方法：</translation>
    </message>
    <message>
        <source>This run did not include it.</source>
        <translation>这次运行不包括此项检查。</translation>
    </message>
    <message>
        <source>Round-trip times</source>
        <translation>往返时间</translation>
    </message>
    <message>
        <source>Hardening and tuning</source>
        <translation>加固与调优</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层面</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>措施</translation>
    </message>
    <message>
        <source>To verify</source>
        <translation>验证方法</translation>
    </message>
    <message>
        <source>Further pieces of evidence, in the JSON report: %1.</source>
        <translation>另有 %1 条证据，见 JSON 报告。</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>有应答</translation>
    </message>
    <message>
        <source>Least / average / most</source>
        <translation>最小 / 平均 / 最大</translation>
    </message>
    <message>
        <source>Lost, by number</source>
        <translation>丢失的序号</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>This host to the VM, IPv6</source>
        <translation>本主机到虚拟机，IPv6</translation>
    </message>
    <message>
        <source>no times of single pings were recorded</source>
        <translation>没有记录单个 ping 的时间</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>time since the first ping</source>
        <translation>距第一个 ping 的时间</translation>
    </message>
    <message>
        <source>number of the ping</source>
        <translation>ping 的序号</translation>
    </message>
    <message>
        <source>%1, lost: %2</source>
        <translation>%1，丢失：%2</translation>
    </message>
    <message>
        <source>answered, after how long</source>
        <translation>有应答，所需时间</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>Session, SHA-256: %1</source>
        <translation>会话的 SHA-256：%1</translation>
    </message>
    <message>
        <source>As told, not measured: it began “%1”.</source>
        <translation>据口述，未经测量：开始于“%1”。</translation>
    </message>
    <message>
        <source>As told, not measured: what was changed before is “%1”.</source>
        <translation>据口述，未经测量：此前的改动是“%1”。</translation>
    </message>
    <message>
        <source>This is the short report: the score, hardening and tuning, and the list of all checks are left out.</source>
        <translation>这是简短报告：不含评分、加固与调优以及全部检查的列表。</translation>
    </message>
    <message>
        <source>One-way back: this host reaches the VM, the VM does not reach this host</source>
        <translation>反向单向：本机能到达虚拟机，虚拟机到不了本机</translation>
    </message>
    <message>
        <source>Tried in the model: the packets pass then.</source>
        <translation>已在模型中试过：数据包随后可以通过。</translation>
    </message>
    <message>
        <source>Tried in the model: the packets still do not pass.</source>
        <translation>已在模型中试过：数据包仍然无法通过。</translation>
    </message>
    <message>
        <source>Not tried: the model cannot decide whether it helps.</source>
        <translation>未试：模型无法判断它是否有效。</translation>
    </message>
    <message>
        <source>Step %1 of %2, which mend it together.</source>
        <translation>共 %2 步中的第 %1 步，合在一起才能修复。</translation>
    </message>
    <message>
        <source>Addresses that go another way as well: %1 (%2).</source>
        <translation>同时改走其他路径的地址：%1 个（%2）。</translation>
    </message>
</context>
<context>
    <name>session</name>
    <message>
        <source>The guest report cannot be read: %1</source>
        <translation>无法读取虚拟机报告：%1</translation>
    </message>
    <message>
        <source>No hypervisor was found on this host.</source>
        <translation>本机上未找到虚拟化平台。</translation>
    </message>
    <message>
        <source>This host has no interface “%1”.</source>
        <translation>本机没有接口“%1”。</translation>
    </message>
    <message>
        <source>This host does not have the address %1.</source>
        <translation>本机没有地址 %1。</translation>
    </message>
    <message>
        <source>“%1” is no address, and the virtual machines of this host could not be listed: %2</source>
        <translation>“%1”不是地址，且无法列出本机的虚拟机：%2</translation>
    </message>
    <message>
        <source>There is no VM named “%1”: the hypervisor knows none.</source>
        <translation>没有名为“%1”的虚拟机：虚拟化平台上一台也没有。</translation>
    </message>
    <message>
        <source>There is no VM named “%1”. Known here: %2.</source>
        <translation>没有名为“%1”的虚拟机。这里已知的有：%2。</translation>
    </message>
    <message>
        <source>No channel into the VM is known. Run the guest script in the VM and give its output as the guest report.</source>
        <translation>没有已知的通道可进入虚拟机。请在虚拟机中运行虚拟机脚本，并把其输出作为虚拟机报告提供。</translation>
    </message>
    <message>
        <source>No VM was named.</source>
        <translation>没有指明虚拟机。</translation>
    </message>
    <message>
        <source>Reading the live system is not in the Windows build yet. Open a session file or a recorded case.</source>
        <translation>Windows 构建尚不能读取实际系统。请打开会话文件或录制的案例。</translation>
    </message>
    <message>
        <source>%1 is not %2</source>
        <translation>%1 不是%2</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>a whole number in range</source>
        <translation>范围内的整数</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a time like 2026-01-31T12:00:00.000Z</source>
        <translation>形如 2026-01-31T12:00:00.000Z 的时间</translation>
    </message>
    <message>
        <source>a list of at most %1 entries</source>
        <translation>最多 %1 项的列表</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>a valid address</source>
        <translation>有效的地址</translation>
    </message>
    <message>
        <source>one of the words this version knows</source>
        <translation>此版本认识的词</translation>
    </message>
    <message>
        <source>The compressed session is damaged, cut short or larger than 64 MiB.</source>
        <translation>压缩的会话文件已损坏、不完整或大于 64 MiB。</translation>
    </message>
    <message>
        <source>The session is larger than 64 MiB.</source>
        <translation>会话文件大于 64 MiB。</translation>
    </message>
    <message>
        <source>The session is nested more than 64 levels deep.</source>
        <translation>会话文件的嵌套超过 64 层。</translation>
    </message>
    <message>
        <source>The session holds more values than any run collects.</source>
        <translation>会话文件中的值多于任何一次运行所能收集的。</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>它是一个文件夹</translation>
    </message>
    <message>
        <source>it is a device, and no file</source>
        <translation>它是一个设备，不是文件</translation>
    </message>
    <message>
        <source>it is a pipe, and nothing came out of it in time</source>
        <translation>它是一个管道，而其中没有及时送出任何东西</translation>
    </message>
    <message>
        <source>it is no plain file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>The session is no valid JSON at byte %1: %2.</source>
        <translation>会话文件在第 %1 字节处不是有效的 JSON：%2。</translation>
    </message>
    <message>
        <source>This is no Bothways session: &quot;format&quot; is not &quot;bothways-session&quot;.</source>
        <translation>这不是 Bothways 会话文件：&quot;format&quot; 不是 &quot;bothways-session&quot;。</translation>
    </message>
    <message>
        <source>The session has format version %1; this program reads version %2.</source>
        <translation>会话文件的格式版本为 %1；本程序只能读取版本 %2。</translation>
    </message>
    <message>
        <source>The session holds no evidence: the key &quot;evidence&quot; is missing or not an object.</source>
        <translation>会话文件中没有证据：缺少 &quot;evidence&quot; 键，或者它不是对象。</translation>
    </message>
    <message>
        <source>The session cannot be read: %1.</source>
        <translation>无法读取会话文件：%1。</translation>
    </message>
    <message>
        <source>Cannot write the session to “%1”: %2.</source>
        <translation>无法把会话写入“%1”：%2。</translation>
    </message>
    <message>
        <source>Cannot read “%1”: %2.</source>
        <translation>无法读取“%1”：%2。</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>The helper has no capabilities.</source>
        <translation>辅助程序没有任何能力（capability）。</translation>
    </message>
    <message>
        <source>%1 (byte %2 of the file)</source>
        <translation>%1（文件第 %2 字节）</translation>
    </message>
    <message>
        <source>Reading it was interrupted.</source>
        <translation>读取被中断。</translation>
    </message>
    <message>
        <source>The capture “%1” cannot be read: %2</source>
        <translation>无法读取抓包文件“%1”：%2</translation>
    </message>
    <message>
        <source>Nothing more to unlock: the helper does what this program may not.</source>
        <translation>没有更多可解锁的内容：本程序无权做的由辅助程序完成。</translation>
    </message>
    <message>
        <source>Nothing to unlock: this program has all the rights that it can use.</source>
        <translation>没有可解锁的内容：本程序已有它能用到的全部权限。</translation>
    </message>
    <message>
        <source>Nothing can be unlocked: bothways-helper is not beside this program.</source>
        <translation>无法解锁：本程序所在目录中没有 bothways-helper。</translation>
    </message>
    <message>
        <source>The password cannot be asked for: pkexec is not installed. As root, this does the same: %1</source>
        <translation>无法询问密码：没有安装 pkexec。以 root 身份运行下列命令，效果相同：%1</translation>
    </message>
    <message>
        <source>Capturing takes CAP_NET_RAW, or the helper that has it.</source>
        <translation>抓包需要 CAP_NET_RAW，或拥有它的辅助程序。</translation>
    </message>
    <message>
        <source>The interface was away for a time.</source>
        <translation>该接口曾有一段时间消失。</translation>
    </message>
    <message>
        <source>It could not be captured on: %1</source>
        <translation>无法在其上抓包：%1</translation>
    </message>
    <message>
        <source>The interface is not there or not up.</source>
        <translation>该接口不存在或未启用。</translation>
    </message>
    <message>
        <source>The VM is on this host&apos;s own link: there is no router on the way.</source>
        <translation>虚拟机在主机自己的直连链路上：途中没有路由器。</translation>
    </message>
    <message>
        <source>Not even a small echo is answered, so the silence of a large one tells nothing.</source>
        <translation>连小的回显请求都得不到应答，因此大的没有应答说明不了什么。</translation>
    </message>
    <message>
        <source>targets: “%1” %2</source>
        <translation>targets：“%1”%2</translation>
    </message>
    <message>
        <source>is neither an address nor a prefix like 192.168.1.0/24.</source>
        <translation>既不是地址，也不是 192.168.1.0/24 这样的前缀。</translation>
    </message>
    <message>
        <source>is link-local: it means something on one interface only, and none can be named here.</source>
        <translation>是链路本地地址：它只在某个接口上才有意义，而这里无法指定接口。</translation>
    </message>
    <message>
        <source>makes it more than %1 addresses.</source>
        <translation>使地址总数超过 %1 个。</translation>
    </message>
    <message>
        <source>Another watch writes to “%1”.</source>
        <translation>另一个监测正在写“%1”。</translation>
    </message>
    <message>
        <source>Cannot write “%1”: %2.</source>
        <translation>无法写入“%1”：%2。</translation>
    </message>
    <message>
        <source>There is no VM named “%1”.</source>
        <translation>没有名为“%1”的虚拟机。</translation>
    </message>
    <message>
        <source>No address of “%1” is known. Name its address instead.</source>
        <translation>不知道“%1”的地址。请改为给出其地址。</translation>
    </message>
    <message>
        <source>it is no series of a watch</source>
        <translation>这不是监测的序列</translation>
    </message>
    <message>
        <source>The VM has no tcpdump, or it could not capture.</source>
        <translation>虚拟机中没有 tcpdump，或者它无法抓包。</translation>
    </message>
    <message>
        <source>The session does not hold this.</source>
        <translation>会话中没有这一项。</translation>
    </message>
    <message>
        <source>is the address of a group, not of one machine</source>
        <translation>是一组机器的地址，而不是单台机器的地址</translation>
    </message>
    <message>
        <source>stands for no address, not for one machine</source>
        <translation>不代表任何地址，也不代表某一台机器</translation>
    </message>
    <message>
        <source>is this host itself, whatever machine it is typed on</source>
        <translation>无论在哪台机器上输入，指的都是本机自身</translation>
    </message>
    <message>
        <source>is no valid address</source>
        <translation>不是有效的地址</translation>
    </message>
    <message>
        <source>names no interface behind the percent sign of an IPv6 address</source>
        <translation>在 IPv6 地址的百分号之后没有给出接口</translation>
    </message>
    <message>
        <source>the file has no name</source>
        <translation>文件没有名称</translation>
    </message>
    <message>
        <source>it is a disk, and writing there would damage what it holds</source>
        <translation>它是一个磁盘，在那里写入会损坏其中的内容</translation>
    </message>
    <message>
        <source>%1 is an address of this host itself, not of a VM.</source>
        <translation>%1 是本机自己的地址，不是虚拟机的地址。</translation>
    </message>
</context>
<context>
    <name>state</name>
    <message>
        <source>open</source>
        <translation>开放</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>topology</name>
    <message>
        <source>request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>reply</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>address translation</source>
        <translation>地址转换</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>The VM’s address is replaced by this host’s on the way out.</source>
        <translation>虚拟机的地址在出站时被替换为本机地址。</translation>
    </message>
    <message>
        <source>dies here</source>
        <translation>在此丢失</translation>
    </message>
    <message>
        <source>may die here</source>
        <translation>可能在此丢失</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>MAC</source>
        <translation>MAC</translation>
    </message>
    <message>
        <source>MTU</source>
        <translation>MTU</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Carrier</source>
        <translation>载波</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驱动</translation>
    </message>
    <message>
        <source>Port of</source>
        <translation>所属网桥</translation>
    </message>
    <message>
        <source>Port state</source>
        <translation>端口状态</translation>
    </message>
    <message>
        <source>Isolated</source>
        <translation>隔离</translation>
    </message>
    <message>
        <source>Errors and drops</source>
        <translation>错误与丢包</translation>
    </message>
    <message>
        <source>Why it was not read</source>
        <translation>未读取的原因</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>no default route</source>
        <translation>无默认路由</translation>
    </message>
    <message>
        <source>Default route</source>
        <translation>默认路由</translation>
    </message>
    <message>
        <source>What was not read</source>
        <translation>未能读取的内容</translation>
    </message>
    <message>
        <source>Chains</source>
        <translation>链</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则数</translation>
    </message>
    <message>
        <source>The reply dies on the bridge, at its hook %1</source>
        <translation>应答在网桥的 %1 钩子处被丢弃</translation>
    </message>
    <message>
        <source>The request dies on the bridge, at its hook %1</source>
        <translation>请求在网桥的 %1 钩子处被丢弃</translation>
    </message>
    <message>
        <source>The reply dies in the VM, at its hook %1</source>
        <translation>应答在虚拟机的 %1 钩子处被丢弃</translation>
    </message>
    <message>
        <source>The request dies in the VM, at its hook %1</source>
        <translation>请求在虚拟机的 %1 钩子处被丢弃</translation>
    </message>
    <message>
        <source>The reply dies in this host, at its hook %1</source>
        <translation>应答在本机的 %1 钩子处被丢弃</translation>
    </message>
    <message>
        <source>The request dies in this host, at its hook %1</source>
        <translation>请求在本机的 %1 钩子处被丢弃</translation>
    </message>
    <message>
        <source>The reply goes wrong in this host</source>
        <translation>应答在本机出错</translation>
    </message>
    <message>
        <source>The request goes wrong in this host</source>
        <translation>请求在本机出错</translation>
    </message>
    <message>
        <source>The reply goes wrong in the VM</source>
        <translation>应答在虚拟机内出错</translation>
    </message>
    <message>
        <source>The request goes wrong in the VM</source>
        <translation>请求在虚拟机内出错</translation>
    </message>
    <message>
        <source>The reply dies at %1</source>
        <translation>应答在 %1 处丢失</translation>
    </message>
    <message>
        <source>The request dies at %1</source>
        <translation>请求在 %1 处丢失</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>lets it pass</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>stops it</source>
        <translation>拦下</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>未到达</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>未读取</translation>
    </message>
    <message>
        <source>The way is open in both directions</source>
        <translation>两个方向都通畅</translation>
    </message>
    <message>
        <source>Possible, not proven: %1</source>
        <translation>可能，尚未证实：%1</translation>
    </message>
    <message>
        <source>Where the request dies is not known</source>
        <translation>尚不清楚请求在哪里丢失</translation>
    </message>
    <message>
        <source>What stands between host and VM, as far as it could be read.</source>
        <translation>主机与虚拟机之间的环节，以能读到的为限。</translation>
    </message>
    <message>
        <source>Not drawn: %1 further ports and interfaces.</source>
        <translation>另有 %1 个端口和接口未画出。</translation>
    </message>
    <message>
        <source>this host</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>the VM</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>bridge</source>
        <translation>网桥</translation>
    </message>
    <message>
        <source>interface</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>bridge, NAT</source>
        <translation>网桥，NAT</translation>
    </message>
    <message>
        <source>host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>IP stack</source>
        <translation>IP 协议栈</translation>
    </message>
    <message>
        <source>user mode</source>
        <translation>用户模式</translation>
    </message>
    <message>
        <source>port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>the VM’s NIC</source>
        <translation>虚拟机网卡</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>guest</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>hook</source>
        <translation>钩子</translation>
    </message>
    <message>
        <source>Neighbour entry</source>
        <translation>邻居表项</translation>
    </message>
    <message>
        <source>uplink</source>
        <translation>上行口</translation>
    </message>
    <message>
        <source>VM</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>the VM’s gateway</source>
        <translation>虚拟机的网关</translation>
    </message>
    <message>
        <source>Large packets die at %1</source>
        <translation>大包在 %1 处丢失</translation>
    </message>
</context>
<context>
    <name>vm state</name>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>shut off</source>
        <translation>已关机</translation>
    </message>
</context>
<context>
    <name>watch</name>
    <message>
        <source>ICMP loss</source>
        <translation>ICMP 丢包</translation>
    </message>
    <message>
        <source>ICMP round trip</source>
        <translation>ICMP 往返时间</translation>
    </message>
    <message>
        <source>TCP failures</source>
        <translation>TCP 失败</translation>
    </message>
    <message>
        <source>TCP handshake</source>
        <translation>TCP 握手</translation>
    </message>
    <message>
        <source>too few samples</source>
        <translation>样本太少</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>学习中</translation>
    </message>
    <message>
        <source>usual</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>unusual</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>Watching %1.</source>
        <translation>正在监测 %1。</translation>
    </message>
    <message>
        <source>Watching ended.</source>
        <translation>监测已结束。</translation>
    </message>
    <message>
        <source>Alert: %1 %2 of the last %3, more than %4.</source>
        <translation>告警：最近 %3 个中%1 %2，超过 %4。</translation>
    </message>
    <message>
        <source>Over: %1 %2 of the last %3.</source>
        <translation>已恢复：最近 %3 个中%1 %2。</translation>
    </message>
    <message>
        <source>Unusual five minutes: %1 %2; up to %3 is usual.</source>
        <translation>异常的五分钟：%1 %2；常态不超过 %3。</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>诊断</translation>
    </message>
</context>
<context>
    <name>wizard</name>
    <message>
        <source>“%1” could not be written: %2.</source>
        <translation>无法写入“%1”：%2。</translation>
    </message>
</context>
<context>
    <name>way</name>
    <message>
        <source>bridge %1 takes it from %2 to %3</source>
        <translation>网桥 %1 把它从 %2 送到 %3</translation>
    </message>
    <message>
        <source>the port %1 of bridge %2 is %3</source>
        <translation>网桥 %2 的端口 %1 处于 %3 状态</translation>
    </message>
    <message>
        <source>the ports %1 and %2 of bridge %3 are both isolated</source>
        <translation>网桥 %3 的端口 %1 和 %2 都被隔离</translation>
    </message>
    <message>
        <source>the port %1 of bridge %2 is locked, and the VM&apos;s MAC is not among those it lets in</source>
        <translation>网桥 %2 的端口 %1 已锁定，虚拟机的 MAC 不在其允许之列</translation>
    </message>
    <message>
        <source>bridge %1 does not know the VM&apos;s MAC, and does not flood the port %2</source>
        <translation>网桥 %1 不认识虚拟机的 MAC，也不向端口 %2 泛洪</translation>
    </message>
    <message>
        <source>Which port leads to the VM, a frame of it would tell.</source>
        <translation>哪个端口通向虚拟机，它发出的一帧即可说明。</translation>
    </message>
    <message>
        <source>bridge %1 carries it in VLAN %2</source>
        <translation>网桥 %1 在 VLAN %2 中传送它</translation>
    </message>
    <message>
        <source>bridge %1 filters VLANs</source>
        <translation>网桥 %1 过滤 VLAN</translation>
    </message>
    <message>
        <source>The bridge&apos;s VLAN table was not read.</source>
        <translation>未读取网桥的 VLAN 表。</translation>
    </message>
    <message>
        <source>%1 is in no VLAN for untagged frames</source>
        <translation>%1 没有用于无标记帧的 VLAN</translation>
    </message>
    <message>
        <source>%1 is not in VLAN %2</source>
        <translation>%1 不在 VLAN %2 中</translation>
    </message>
    <message>
        <source>The tags at the VM&apos;s port in a capture would tell.</source>
        <translation>在虚拟机端口抓包看标记即可说明。</translation>
    </message>
    <message>
        <source>the hooks of IP let it through bridge %1</source>
        <translation>IP 的钩子让它通过网桥 %1</translation>
    </message>
    <message>
        <source>the hooks of bridge %1 let it through</source>
        <translation>网桥 %1 的钩子让它通过</translation>
    </message>
    <message>
        <source>on bridge %1 it is stopped by %2</source>
        <translation>在网桥 %1 上被 %2 拦下</translation>
    </message>
    <message>
        <source>bridge %1 keeps neighbour solicitations for %2 from %3: nobody there joined their group</source>
        <translation>网桥 %1 不把对 %2 的邻居请求送到 %3：那里无人加入其组</translation>
    </message>
    <message>
        <source>%1 is on %2, a port of bridge %3: what comes in there goes to the bridge</source>
        <translation>%1 在 %2 上，而它是网桥 %3 的端口：从那里进来的都归网桥</translation>
    </message>
    <message>
        <source>the interface %1 is down</source>
        <translation>接口 %1 已停用</translation>
    </message>
    <message>
        <source>the router %1 passes it on</source>
        <translation>路由器 %1 转发它</translation>
    </message>
    <message>
        <source>Captures at the VM, or the router&apos;s own rules and routes, would tell.</source>
        <translation>在虚拟机处抓包，或查看路由器自己的规则和路由，即可说明。</translation>
    </message>
    <message>
        <source>The router&apos;s own rules and routes would tell.</source>
        <translation>路由器自己的规则和路由即可说明。</translation>
    </message>
    <message>
        <source>the policy rule with priority %1</source>
        <translation>优先级为 %1 的策略规则</translation>
    </message>
    <message>
        <source>the routing tables were not read</source>
        <translation>未读取路由表</translation>
    </message>
    <message>
        <source>where %1 jumps</source>
        <translation>%1 跳到哪里</translation>
    </message>
    <message>
        <source>whether %1 matches</source>
        <translation>%1 是否匹配</translation>
    </message>
    <message>
        <source>no route to %1</source>
        <translation>没有到 %1 的路由</translation>
    </message>
    <message>
        <source>a route of type %1 throws it away</source>
        <translation>类型为 %1 的路由丢弃它</translation>
    </message>
    <message>
        <source>the policy rule %1 throws it away</source>
        <translation>策略规则 %1 丢弃它</translation>
    </message>
    <message>
        <source>Not known: %1.</source>
        <translation>未知：%1。</translation>
    </message>
    <message>
        <source>%1 is an address of its own</source>
        <translation>%1 是其自己的地址</translation>
    </message>
    <message>
        <source>leaves by %1 to the gateway %2</source>
        <translation>经 %1 送往网关 %2</translation>
    </message>
    <message>
        <source>leaves by %1</source>
        <translation>经 %1 发出</translation>
    </message>
    <message>
        <source>%1, by the policy rule %2</source>
        <translation>%1，依据策略规则 %2</translation>
    </message>
    <message>
        <source>A capture on %1 would tell whether it gets there that way.</source>
        <translation>在 %1 上抓包即可说明它是否这样到达。</translation>
    </message>
    <message>
        <source>its source %1 is believed</source>
        <translation>其源地址 %1 被接受</translation>
    </message>
    <message>
        <source>its source %1 is this machine&apos;s own address, which no packet from outside may have</source>
        <translation>其源地址 %1 是本机自己的地址，外来数据包不得使用</translation>
    </message>
    <message>
        <source>rp_filter was not read.</source>
        <translation>未读取 rp_filter。</translation>
    </message>
    <message>
        <source>the strict reverse-path filter of %1 drops it: the way back to %2 is another</source>
        <translation>%1 的严格反向路径过滤丢弃它：回到 %2 的路径不同</translation>
    </message>
    <message>
        <source>the loose reverse-path filter of %1 drops it: there is no way back to %2</source>
        <translation>%1 的宽松反向路径过滤丢弃它：没有回到 %2 的路径</translation>
    </message>
    <message>
        <source>the IPsec policy %1 lets it go as it is</source>
        <translation>IPsec 策略 %1 原样放行</translation>
    </message>
    <message>
        <source>the IPsec policy %1 blocks it</source>
        <translation>IPsec 策略 %1 阻止它</translation>
    </message>
    <message>
        <source>the IPsec policy %1 wants it encrypted</source>
        <translation>IPsec 策略 %1 要求加密</translation>
    </message>
    <message>
        <source>Whether the other end has the same policy and keys would tell.</source>
        <translation>另一端是否有相同的策略和密钥即可说明。</translation>
    </message>
    <message>
        <source>its next hop %1 is known</source>
        <translation>其下一跳 %1 已知</translation>
    </message>
    <message>
        <source>nobody on %1 answers for %2</source>
        <translation>%1 上无人应答 %2</translation>
    </message>
    <message>
        <source>Why nobody answers, the stages behind this one tell.</source>
        <translation>为何无人应答，由其后的阶段说明。</translation>
    </message>
    <message>
        <source>the kernel answers echo requests</source>
        <translation>内核应答回显请求</translation>
    </message>
    <message>
        <source>the kernel ignores echo requests</source>
        <translation>内核忽略回显请求</translation>
    </message>
    <message>
        <source>The kernel&apos;s echo switches were not read.</source>
        <translation>未读取内核的回显开关。</translation>
    </message>
    <message>
        <source>which way it leaves is not known</source>
        <translation>不知道它从哪里发出</translation>
    </message>
    <message>
        <source>its source is bound to %1</source>
        <translation>其源地址绑定为 %1</translation>
    </message>
    <message>
        <source>it gets the source %1</source>
        <translation>它得到源地址 %1</translation>
    </message>
    <message>
        <source>The kernel itself says: by %1.</source>
        <translation>内核自己说：经 %1。</translation>
    </message>
    <message>
        <source>what becomes of it there is not known</source>
        <translation>它在那里的去向未知</translation>
    </message>
    <message>
        <source>%1 is no address of this machine</source>
        <translation>%1 不是这台机器的地址</translation>
    </message>
    <message>
        <source>%1 of %2 entries of the connection table are taken</source>
        <translation>连接跟踪表已用 %1 项，共 %2 项</translation>
    </message>
    <message>
        <source>the program %1 sees it first</source>
        <translation>程序 %1 先看到它</translation>
    </message>
    <message>
        <source>A capture on both sides of it, or taking it away for a moment, would tell.</source>
        <translation>在它两侧抓包，或暂时去掉它，即可说明。</translation>
    </message>
    <message>
        <source>its destination becomes %1</source>
        <translation>其目的地址变为 %1</translation>
    </message>
    <message>
        <source>To what its destination is translated, a capture would tell.</source>
        <translation>其目的地址被转换成什么，抓包即可说明。</translation>
    </message>
    <message>
        <source>%1 sends it to %2 instead</source>
        <translation>%1 把它改送到 %2</translation>
    </message>
    <message>
        <source>the bridge&apos;s own hooks let it through</source>
        <translation>网桥自己的钩子让它通过</translation>
    </message>
    <message>
        <source>the packet filter lets it out</source>
        <translation>包过滤器放它出去</translation>
    </message>
    <message>
        <source>the packet filter lets it in</source>
        <translation>包过滤器放它进来</translation>
    </message>
    <message>
        <source>stopped by %1</source>
        <translation>被 %1 拦下</translation>
    </message>
    <message>
        <source>it goes on with the source %1</source>
        <translation>它以源地址 %1 继续</translation>
    </message>
    <message>
        <source>Captured beyond it: lost between %1 and %2.</source>
        <translation>在其后抓到：丢失于 %1 与 %2 之间。</translation>
    </message>
    <message>
        <source>Captured beyond it.</source>
        <translation>在其后抓到。</translation>
    </message>
    <message>
        <source>Yet the ping is answered.</source>
        <translation>然而 ping 得到了应答。</translation>
    </message>
    <message>
        <source>Reading this host would tell.</source>
        <translation>读取本机即可说明。</translation>
    </message>
    <message>
        <source>Reading the guest would tell: install its agent, or run the guest script there as root.</source>
        <translation>读取客户机即可说明：安装其代理，或在其中以 root 运行客户机脚本。</translation>
    </message>
    <message>
        <source>the route to %1 is none to the VM, if that is not its address</source>
        <translation>如果 %1 不是虚拟机的地址，那么到它的路由就不是到虚拟机的路由</translation>
    </message>
    <message>
        <source>Only the VM says that it has this address, which is in no network of this host there.</source>
        <translation>只有虚拟机自己说它有这个地址，而该地址不在主机在那里的任何网络中。</translation>
    </message>
    <message>
        <source>on which link a link-local address is</source>
        <translation>链路本地地址在哪条链路上</translation>
    </message>
</context>
<context>
    <name>script</name>
    <message>
        <source>Mends it. With rights, at the place that the name says.</source>
        <translation>修复。需要权限，在名称所示的位置运行。</translation>
    </message>
    <message>
        <source>Takes it back.</source>
        <translation>撤销修复。</translation>
    </message>
    <message>
        <source>Does it, and takes it back unless it works and you say that it shall stay.</source>
        <translation>试行修复：除非有效且您确认保留，否则自动撤销。</translation>
    </message>
    <message>
        <source>Ends with 0 when it works. On the host that diagnosed.</source>
        <translation>有效时以 0 结束。在做出诊断的主机上运行。</translation>
    </message>
    <message>
        <source>“%1” is no folder, and none can be made there.</source>
        <translation>“%1”不是文件夹，也无法在那里创建。</translation>
    </message>
    <message>
        <source>“%1” was not written by Bothways and stays as it is.</source>
        <translation>“%1”不是 Bothways 写的，保持原样。</translation>
    </message>
    <message>
        <source>“%1” could not be written: %2.</source>
        <translation>无法写入“%1”：%2。</translation>
    </message>
</context>
</TS>
